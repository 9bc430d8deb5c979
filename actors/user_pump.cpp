#include "actors/kept_pages.hpp"
#include "actors/user_templates.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>

namespace genesis {

namespace {

/// Whether a mutation changes what `get_recent_records` tells.
bool changes_records(const storage::mutation& what) noexcept {
  return std::holds_alternative<storage::put_progress>(what) || std::holds_alternative<storage::remove_progress>(what);
}

}  // namespace

void user_state::submit(write_operation operation) {
  if (queue_.size() >= static_cast<std::size_t>(services_->users.queue_max) && !operation.is_internal) {
    counters().operations_refused.add();
    operation.refuse({errc::overloaded, "too many changes of one person are waiting"});
    return;
  }
  if (const auto& key = operation.needs.key;
    key && (is_chat_under_way(key->key) || !keys_under_way_.insert(key->key).second)) {
    operation.refuse({errc::in_progress, "the first request with this key is still being worked on"});
    return;
  }
  queue_.push_back(std::move(operation));
  pump();
}

/// Starts the next batch unless one is under way. Rows are read while nothing is being written, so that what is decided
/// over them is decided over the latest.
void user_state::pump() {
  if (batch_ || queue_.empty() || phase_ == phase::loading)
    return;
  if (phase_ == phase::gone) {
    refuse_all(queue_, nobody());
    finish_shutdown();
    return;
  }
  if (phase_ == phase::ready && is_outdated())
    drop_state();
  if (phase_ == phase::absent && !queue_.front().is_first) {
    load();
    return;
  }
  batch_ = std::make_unique<batch_in_work>();
  const auto batch_max = static_cast<std::size_t>(services_->users.queue_max);
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(batch_max, queue_.size()));
  batch_->undecided.assign(std::move_iterator{queue_.begin()}, std::move_iterator{end});
  queue_.erase(queue_.begin(), end);
  if (queue_.empty())
    queue_.shrink_to_fit();
  gather_rows();
}

void user_state::gather_rows() {
  batch_->rows_missing = 1;  // until all questions are out
  for (const auto& operation : batch_->undecided)
    gather(operation.needs);
  row_arrived();
}

void user_state::gather(const write_needs& needs) {
  if (needs.conversation && !batch_->rows.conversations.contains(*needs.conversation)) {
    const auto id = *needs.conversation;
    const auto kept = std::ranges::find(recent_, id, &conversation::id);
    if (kept != recent_.end()) {
      batch_->rows.conversations.emplace(id, *kept);
    } else {
      batch_->rows.conversations.emplace(id, fail(errc::internal));
      ++batch_->rows_missing;
      ask_storage<storage::find_conversation, conversation>({user_, id}, [this, id](result<conversation> found) {
        batch_->rows.conversations.insert_or_assign(id, std::move(found));
        row_arrived();
      });
    }
  }
  const auto ask = [this](const auto& question) { gather(question); };
  if (needs.item)
    std::visit(ask, *needs.item);
  if (needs.standing)
    std::visit(ask, *needs.standing);
  for (const auto metric : needs.latest) {
    if (batch_->rows.latest.contains(metric))
      continue;
    batch_->rows.latest.emplace(metric, fail(errc::internal));
    ++batch_->rows_missing;
    // One more than a batch can change: the one that follows them is always among those loaded.
    ask_storage<storage::latest_progress, std::vector<progress_record>>(
      {user_, metric, services_->users.queue_max + 1}, [this, metric](result<std::vector<progress_record>> found) {
        batch_->rows.latest.insert_or_assign(metric, std::move(found));
        row_arrived();
      });
  }
  if (needs.credentials && !batch_->rows.credentials) {
    batch_->rows.credentials = fail(errc::internal);
    ++batch_->rows_missing;
    ask_storage<storage::find_credentials_of, storage::credentials>(
      {user_}, [this](result<storage::credentials> found) {
        batch_->rows.credentials = std::move(found);
        row_arrived();
      });
  }
  if (needs.run && !batch_->rows.runs.contains(*needs.run)) {
    const auto id = *needs.run;
    batch_->rows.runs.emplace(id, fail(errc::internal));
    ++batch_->rows_missing;
    ask_storage<storage::load_run_log, storage::run_log>({user_, id}, [this, id](result<storage::run_log> found) {
      batch_->rows.runs.insert_or_assign(id, std::move(found));
      row_arrived();
    });
  }
  if (needs.key && !batch_->rows.keys.contains(needs.key->key))
    gather_record(needs.key->key);
}

void user_state::gather_record(const std::string& key) {
  if (!keys_.may_have(key)) {
    batch_->rows.keys.emplace(key, std::nullopt);
    return;
  }
  batch_->rows.keys.emplace(key, fail(errc::internal));
  ++batch_->rows_missing;
  ask_storage<storage::find_idempotency, std::optional<idempotency_record>>(
    {user_, key}, [this, key](result<std::optional<idempotency_record>> found) {
      batch_->rows.keys.insert_or_assign(key, std::move(found));
      row_arrived();
    });
  if (!keys_.count_question() || std::exchange(batch_->learns_keys, true))
    return;
  ++batch_->rows_missing;  // so that nothing is written between the question and its answer
  ask_storage<storage::list_idempotency_keys, std::vector<std::string>>(
    {user_, known_keys::size_max + 1}, [this](const result<std::vector<std::string>>& found) {
      if (found)
        keys_.learn(*found);
      row_arrived();
    });
}

template <class T>
void user_state::gather(const storage::find_item<T>& question) {
  auto& rows = std::get<loaded_items<T>>(batch_->rows.items);
  if (!rows.emplace(question.item, fail(errc::internal)).second)
    return;
  ++batch_->rows_missing;
  ask_storage<storage::find_item<T>, T>(question, [this, &rows, id = question.item](result<T> found) {
    rows.insert_or_assign(id, std::move(found));
    row_arrived();
  });
}

template <class Plan>
void user_state::gather(const storage::find_plan_standing<Plan>& question) {
  auto& standing = std::get<loaded_standing<Plan>>(batch_->rows.standings);
  if (standing)
    return;
  standing = fail(errc::internal);
  ++batch_->rows_missing;
  using answer = storage::plan_standing<Plan>;
  ask_storage<storage::find_plan_standing<Plan>, answer>(question, [this, &standing](result<answer> found) {
    standing = std::move(found);
    row_arrived();
  });
}

void user_state::row_arrived() {
  if (--batch_->rows_missing == 0)
    decide_batch();
}

/// Why the operation cannot be decided, when what it is decided over could not be read.
std::optional<error> user_state::missing_row(const write_needs& needs) const {
  for (const auto metric : needs.latest)
    if (const auto it = batch_->rows.latest.find(metric); it == batch_->rows.latest.end() || !it->second)
      return it == batch_->rows.latest.end() ? error{errc::internal, "a row that was not asked for"}
                                             : it->second.error();
  if (!needs.standing)
    return std::nullopt;
  return std::visit(
    [this]<class Plan>(const storage::find_plan_standing<Plan>&) -> std::optional<error> {
      const auto& found = std::get<loaded_standing<Plan>>(batch_->rows.standings);
      return *found ? std::nullopt : std::optional{found->error()};
    },
    *needs.standing);
}

void user_state::decide_batch() {
  ++generation_;
  batch_->draft.emplace(data_, batch_->rows, now());
  auto& draft = *batch_->draft;
  for (auto& operation : batch_->undecided) {
    result<continuation> decided;
    if (draft.is_removed())
      decided = std::unexpected(nobody());
    else if (auto missing = missing_row(operation.needs))
      decided = std::unexpected(std::move(*missing));
    else
      decided = operation.decide(draft);
    if (decided) {
      batch_->continuations.push_back(std::move(*decided));
      batch_->accepted.push_back(std::move(operation));
    } else {
      end_key(operation);
      operation.refuse(decided.error());
    }
  }
  batch_->undecided.clear();
  if (draft.is_empty()) {  // nothing but refusals and answers that were given before
    end_batch(/*is_durable=*/true, {});
    leave_if_done();
    return;
  }
  storage::write_batch changes;
  changes.user = user_;
  changes.version = version_;
  changes.epoch = epoch_;
  changes.steps = static_cast<std::int64_t>(batch_->accepted.size());
  changes.timeline = phase_ == phase::absent ? 0 : timeline_;
  changes.mutations = draft.take_mutations();
  if (phase_ == phase::absent) {  // who is being made has nothing yet
    pages_ = std::make_unique<kept_pages>();
    pages_->keep<workout_plan>({}, {}, {});
    pages_->keep<nutrition_plan>({}, {}, {});
    pages_->keep<progress_record>({}, {}, {});
    pages_->keep<conversation>({}, {}, {});
  }
  if (pages_)
    batch_->page_changes = pages_->changes_in(changes.mutations);
  batch_->changes_records = std::ranges::any_of(changes.mutations, changes_records);
  changes.deadline = self_->clock().now() + worker_deadline;
  counters().write_batches.add();
  counters().write_operations.add(batch_->accepted.size());
  self_->request(services_->storage, pool_deadline, std::move(changes))
    .then([this](const storage::write_receipt& receipt) { on_written(receipt); },
      [this](const caf::error& failed) { on_written(std::unexpected(from_caf(failed))); });
}

void user_state::on_written(result<storage::write_receipt> outcome) {
  ++generation_;
  if (outcome) {
    commit(*outcome);
    end_batch(/*is_durable=*/true, {});
    keep_in_cache();  // an import has forgotten all pages by now
    leave_if_done();
    return;
  }
  auto what = outcome.error();
  if (what.code == errc::fenced) {
    counters().writes_fenced.add();
    if (!is_outdated()) {  // else nobody has written, and the failover was told of
      spdlog::warn("user {}: a write was fenced off; somebody else wrote this person's data", to_string(user_));
      must_raise_fence_ = true;
    }
    drop_state();
    what.detail = "the data changed elsewhere; repeat the request";
  } else if (what.code == errc::outcome_unknown || what.code == errc::internal) {
    counters().writes_unknown.add();
    spdlog::error("user {}: the outcome of a write is unknown: {}", to_string(user_), what.detail);
    drop_state();
    must_raise_fence_ = true;
    what.code = errc::outcome_unknown;
  } else if (phase_ == phase::absent) {
    phase_ = phase::gone;  // the person was not made
    pages_ = nullptr;
  }
  if (what.code == errc::conflict) {
    spdlog::error("user {}: a write does not fit what is stored: {}", to_string(user_), what.detail);
    what.detail = "the change does not fit what is stored";  // by which constraint of the database is not for clients
  }
  end_batch(/*is_durable=*/false, what);
  leave_if_done();
}

/// What is durable now becomes what later reads see.
void user_state::commit(const storage::write_receipt& receipt) {
  const auto& draft = *batch_->draft;
  version_ = receipt.version;
  timeline_ = receipt.timeline;
  as_of_ = receipt.position;
  if (batch_->changes_records || phase_ == phase::absent)
    records_version_ = version_;
  if (draft.is_removed()) {
    forget_records();
    phase_ = phase::gone;
    data_ = {};
    recent_.clear();
    pages_ = nullptr;
    remove_from_cache();
    end_refused_exports();
    return;
  }
  phase_ = phase::ready;
  data_ = draft.committed_state();
  std::erase_if(key_uses_, [this](const auto& use) { return find_live_key(use.first) == nullptr; });
  end_refused_exports();
  shown_person_.reset();
  shown_prefs_.reset();
  for (const auto& [id, value] : draft.conversations()) {
    if (value)
      remember(*value);
    else
      forget(id);
  }
  for (const auto& [key, record] : draft.keys())
    keys_.add(key);
  if (pages_)
    pages_->apply(batch_->page_changes);
}

void user_state::end_batch(bool is_durable, const error& what) {
  const auto continuations = std::move(batch_->continuations);
  const auto accepted = std::move(batch_->accepted);
  batch_ = nullptr;
  for (const auto& operation : accepted)
    end_key(operation);
  if (is_durable) {
    for (const auto& go_on : continuations)
      go_on();
  } else {
    for (const auto& operation : accepted)
      operation.refuse(what);
  }
  if (phase_ == phase::ready && is_outdated())
    drop_state();
  if (phase_ == phase::ready || phase_ == phase::gone)
    serve_waiting(std::nullopt);
  else if (!waiting_.empty())
    load();
  pump();
}

/// What is put into the second cache is on its way by now.
void user_state::leave_if_done() {
  finish_shutdown();
  leave_if_gone();
}

void user_state::end_key(const write_operation& operation) {
  if (operation.needs.key)
    keys_under_way_.erase(operation.needs.key->key);
}

void user_state::refuse_all(std::vector<write_operation>& operations, const error& what) {
  auto refused = std::exchange(operations, {});
  for (const auto& operation : refused) {
    end_key(operation);
    operation.refuse(what);
  }
}

caf::result<entity_reply> user_state::create(
  const credential& by, write_needs needs, std::function<result<entity_reply>(user_draft&)> decide) {
  const auto key = needs.key;
  return write<entity_reply>(by, std::move(needs),
    [key, decide = std::move(decide)](user_draft& draft) -> result<std::function<entity_reply()>> {
      if (key) {
        auto before = draft.find(*key);
        if (!before)
          return std::unexpected(before.error());
        if (*before) {
          const auto& record = **before;
          return [reply = entity_reply{record.status, std::make_shared<const std::string>(record.body), record.etag,
                    record.location}] { return reply; };
        }
      }
      auto made = decide(draft);
      if (!made)
        return std::unexpected(made.error());
      if (key)
        draft.put(idempotency_record{*key, made->status, *made->body, made->location, made->etag, {}, draft.now()});
      return [reply = std::move(*made)] { return reply; };
    });
}

}  // namespace genesis
