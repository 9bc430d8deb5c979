#include "auth/email.hpp"
#include "cli/control_templates.hpp"
#include "cli/demo_person.hpp"
#include "cli/demo_talk.hpp"
#include "cli/diary.hpp"
#include "cli/json_reading.hpp"

#include <algorithm>

namespace genesis::cli {

namespace {

namespace json = boost::json;

std::int64_t number_member(const json::object& request, std::string_view name) {
  const auto* member = request.if_contains(name);
  return member != nullptr && member->is_int64() ? member->get_int64() : 0;
}

/// Cuts what is to be imported into messages of a bounded size; a conversation stays in one.
std::vector<import_records> parts_of(
  std::vector<progress_record> records, const std::vector<told_conversation>& conversations) {
  std::vector<import_records> parts;
  for (std::size_t begin = 0; begin < records.size(); begin += import_rows_max) {
    const auto end = std::min(begin + import_rows_max, records.size());
    parts.emplace_back().records.assign(
      records.begin() + static_cast<std::ptrdiff_t>(begin), records.begin() + static_cast<std::ptrdiff_t>(end));
  }
  for (const auto& each : conversations)
    parts.push_back({{}, {each.thread}, each.messages, each.runs});
  return parts;
}

bool is_series(std::string_view text) noexcept {
  return !text.empty() && text.size() <= 16 &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

}  // namespace

// --- one person to show ----------------------------------------------------------------------------------------------

struct control_state::demo_reset {
  control_answer_ptr answer;
  create_account account;
  user_id user;
  std::vector<import_records> parts;
  std::size_t done = 0;
  std::size_t records = 0;
  std::size_t conversations = 0;
  bool was_there = false;  ///< Somebody had the address, and was removed.
};

/// The password first: were it refused later, the old demo person would be gone already.
void control_state::reset_demo_person(const object& request, const control_answer_ptr& answer) {
  const auto email = auth::normalise_email(text_member(request, "email"));
  if (!email) {
    answer->fail({errc::invalid_argument, "the e-mail address " + email.error().detail});
    return;
  }
  const auto reset = std::make_shared<demo_reset>();
  reset->answer = answer;
  reset->account.person = demo_profile(*email);
  reset->account.prefs = demo_preferences();
  hash(std::string{text_member(request, "password")}, {*email}, answer, [this, reset](const std::string& hashed) {
    reset->account.password_hash = hashed;
    remove_old_demo(reset);
  });
}

void control_state::remove_old_demo(const std::shared_ptr<demo_reset>& reset) {
  const auto& email = reset->account.person.email;
  const auto failed = [reset](const caf::error& what) { reset->answer->fail(from_caf(what)); };
  self_->request(services_->storage, pool_deadline, storage::find_credentials{email})
    .then(
      [this, reset, failed](const storage::credentials& found) {
        self_->request(services_->storage, pool_deadline, storage::load_user{found.user})
          .then(
            [this, reset](const storage::user_snapshot& known) {
              reset->was_there = true;
              if (known.person.email == demo_email || is_demo_profile(known.person))
                ask_owner(known.person.id, remove_account{}, reset->answer,
                  [this, reset](entity_reply&) { prepare_demo(reset); });
              else
                reset->answer->fail({errc::conflict, "the account " + known.person.email +
                                                       " is somebody's who is no demo person; choose another address "
                                                       "with --email"});
            },
            failed);
      },
      [this, reset, failed](const caf::error& what) {
        if (from_caf(what).code == errc::not_found)
          prepare_demo(reset);
        else
          failed(what);
      });
}

/// Has the records and the conversations made up.
void control_state::prepare_demo(const std::shared_ptr<demo_reset>& reset) {
  const auto now = services_->world.now();
  reset->user = ids_->next_id<user_id>(now);
  reset->account.person.id = reset->user;
  const auto work = [reset, now, random = services_->world.random, encode = services_->encode] {
    uuid_source record_ids{random};
    uuid_source talk_ids{random};
    auto records = demo_records(now, record_ids);
    const auto conversations =
      demo_conversations(reset->account.person, reset->account.prefs, records, now, encode, talk_ids);
    reset->account.created_at = records.front().recorded_at - std::chrono::minutes{10};
    reset->records = records.size();
    reset->conversations = conversations.size();
    reset->parts = parts_of(std::move(records), conversations);
  };
  in_background(work, reset->answer, [this, reset] { create_demo(reset); });
}

void control_state::create_demo(const std::shared_ptr<demo_reset>& reset) {
  ask_owner(reset->user, reset->account, reset->answer, [this, reset](entity_reply&) { import_next(reset); });
}

void control_state::import_next(const std::shared_ptr<demo_reset>& reset) {
  if (reset->done == reset->parts.size()) {
    reset->answer->succeed(control_success([&](http::json_writer& json) {
      json.member("user_id", reset->user);
      json.member("records", static_cast<std::int64_t>(reset->records));
      json.member("conversations", static_cast<std::int64_t>(reset->conversations));
      json.member("was_there", reset->was_there);
    }));
    return;
  }
  auto& next = reset->parts[reset->done++];
  ask_owner(reset->user, std::move(next), reset->answer, [this, reset](entity_reply&) { import_next(reset); });
}

// --- many people, for load tests -------------------------------------------------------------------------------------

struct control_state::people_writing {
  control_answer_ptr answer;
  result<std::vector<ordered_person>> people;
  std::size_t waiting = 0;
  std::optional<error> failed;
};

/// One password for everybody is hashed once.
void control_state::hash_for_people(const object& request, const control_answer_ptr& answer) {
  hash(std::string{text_member(request, "password")}, {}, answer, [answer](const std::string& hashed) {
    answer->succeed(control_success([&](http::json_writer& json) { json.member("password_hash", hashed); }));
  });
}

void control_state::make_people(const object& request, const control_answer_ptr& answer) {
  people_order order;
  order.series = text_member(request, "series");
  order.first = number_member(request, "first");
  order.count = number_member(request, "count");
  order.password_hash = text_member(request, "password_hash");
  if (!is_series(order.series) || order.first < 1 || order.count < 1 || order.count > people_per_order_max ||
      order.password_hash.empty()) {
    answer->fail({errc::invalid_argument, "an order of people needs a series, a number to begin with, a password hash, "
                                          "and a count of at most " +
                                            std::to_string(people_per_order_max)});
    return;
  }
  const auto work = std::make_shared<people_writing>();
  work->answer = answer;
  in_background(
    [work, order, sessions = services_->sessions, encode = services_->encode, world = services_->world] {
      work->people = order_people(order, *sessions, encode, world.now(), world.random);
    },
    answer, [this, work] { write_people(work); });
}

/// All at once: they wait at the writer together and are committed as a group.
void control_state::write_people(const std::shared_ptr<people_writing>& work) {
  if (!work->people) {
    work->answer->fail(work->people.error());
    return;
  }
  work->waiting = work->people->size();
  for (auto& each : *work->people) {
    each.batch.deadline = self_->clock().now() + worker_deadline;
    self_->request(services_->storage, pool_deadline, std::move(each.batch))
      .then([this, work](const storage::write_receipt&) { on_person_written(work, std::nullopt); },
        [this, work](const caf::error& failed) { on_person_written(work, from_caf(failed)); });
  }
}

void control_state::on_person_written(const std::shared_ptr<people_writing>& work, std::optional<error> failed) {
  if (failed)
    work->failed = std::move(failed);
  if (--work->waiting != 0)
    return;
  if (work->failed) {
    work->answer->fail(*work->failed);
    return;
  }
  work->answer->succeed(control_success([&](http::json_writer& json) {
    json.key("people").begin_array();
    for (const auto& each : *work->people)
      json.begin_object()
        .member("user_id", each.user)
        .member("access_token", each.access_token)
        .member("refresh_token", each.refresh_token)
        .member("conversation_id", each.conversation)
        .end_object();
    json.end_array();
  }));
}

void control_state::write_diary(const object& request, const control_answer_ptr& answer) {
  const auto user = parse_uuid(text_member(request, "user_id"));
  const auto diary = parse_uuid(text_member(request, "conversation_id"));
  diary_order order;
  order.version = number_member(request, "version");
  order.first = number_member(request, "first");
  order.count = number_member(request, "count");
  if (!user || order.version < 1 || order.first < 1 || order.count < 1 || order.count > entries_per_order_max) {
    answer->fail({errc::invalid_argument, "an order of a diary needs a person with their version, a number to begin "
                                          "with, and a count of at most " +
                                            std::to_string(entries_per_order_max)});
    return;
  }
  order.user = user_id{*user};
  if (diary)
    order.diary = conversation_id{*diary};
  const auto part = std::make_shared<diary_part>();
  in_background([part, order, world = services_->world] { *part = order_diary(order, world.now(), world.random); },
    answer,
    [this, part, answer] {
      part->batch.deadline = self_->clock().now() + worker_deadline;
      self_->request(services_->storage, pool_deadline, std::move(part->batch))
        .then(
          [part, answer](const storage::write_receipt& written) {
            answer->succeed(control_success([&](http::json_writer& json) {
              json.member("conversation_id", part->diary).member("version", written.version);
            }));
          },
          [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
    });
}

}  // namespace genesis::cli
