#pragma once

#include "tests/actors/actor_fixture.hpp"

#include <charconv>
#include <set>

namespace genesis {

/// What clients asked of one object and were told, held against what was committed:
/// a write that was acknowledged is stored, and was stored before it was acknowledged; a read that begins after an
/// acknowledgement shows it; revisions of acknowledged writes are all different; whatever is asked is answered.
class history {
public:
  using ask_write = std::function<asked<entity_reply>(std::string name, std::size_t client)>;
  using ask_read = std::function<asked<entity_reply>(std::size_t client)>;

  using stored_revision = std::function<std::int64_t()>;

  history(
    actor_world& where, std::string prefix, ask_write how_to_write, ask_read how_to_read, stored_revision how_stored)
      : world_(where), prefix_(std::move(prefix)), write_(std::move(how_to_write)), read_(std::move(how_to_read)),
        stored_(std::move(how_stored)) {}

  /// The person's name is the object.
  static history of_person(actor_world& where, person who) {
    return history{where, "p" + std::to_string(who.id.value.bytes[15]) + "-",
      [&where, who](std::string name, std::size_t client) {
        patch_user what{who.session, {}, std::nullopt};
        what.changes.full_name = std::optional{std::move(name)};
        return where.ask_owner<entity_reply>(who.id, what, client);
      },
      [&where, who](
        std::size_t client) { return where.ask_owner<entity_reply>(who.id, get_user{who.session}, client); },
      [&where, who] { return where.stored(who).person.revision; }};
  }

  /// The title of a conversation is.
  static history of_conversation(actor_world& where, person who, conversation_id thread) {
    return history{where, "c",
      [&where, who, thread](std::string name, std::size_t client) {
        return where.ask_owner<entity_reply>(who.id,
          patch_conversation{
            who.session, thread, std::optional{std::optional{std::move(name)}}, std::nullopt, std::nullopt},
          client);
      },
      [&where, who, thread](std::size_t client) {
        return where.ask_owner<entity_reply>(who.id, get_conversation{who.session, thread}, client);
      },
      [&where, who, thread] { return where.stored(who).conversations.at(thread).revision; }};
  }

  void write() {
    auto name = prefix_ + std::to_string(++writes_);
    pending_.push_back({write_(name, world_.dice()() % 3), name, 0});
  }
  void read() { pending_.push_back({read_(world_.dice()() % 3), {}, acknowledged_}); }

  /// Looks at what has been answered since. After every step.
  void observe() {
    std::erase_if(pending_, [&](const operation& each) {
      if (!each.answer->has_value())
        return false;
      judge(each, **each.answer);
      return true;
    });
  }

  /// Does `rounds` things at random moments; `meddle` may do harm between them.
  void drive(int rounds, const std::function<void()>& meddle = {}) {
    for (int i = 0; i < rounds; ++i) {
      if (world_.one_in(2))
        write();
      else
        read();
      if (meddle)
        meddle();
      for (auto steps = world_.dice()() % 10; steps > 0 && world_.step(); --steps)
        observe();
    }
  }

  /// Waits until everything is answered, and reads once more: what is stored now.
  void finish() {
    const auto is_quiet = [&] {
      observe();
      return pending_.empty();
    };
    EXPECT_TRUE(world_.run_until(is_quiet)) << pending_.size() << " requests were not answered";
    world_.run();
    const auto last = read_(0);
    EXPECT_TRUE(world_.run_until([&] { return last->has_value(); })) << "the last read was not answered";
    if (last->has_value() && **last)
      EXPECT_EQ(revision_in(*(**last)->body), stored_()) << "what is read is not what is stored";
    else
      ADD_FAILURE() << "the last read failed";
  }

  bool may_fail = false;  ///< Faults are about: `unavailable` and `outcome_unknown` are fair answers.
  std::size_t acknowledged_count = 0;

private:
  struct operation {
    asked<entity_reply> answer;
    std::string name;  ///< Of a write.
    std::int64_t at_least = 0;
  };

  static std::int64_t revision_in(const std::string& body) {
    std::int64_t revision = 0;
    const auto at = body.find(" r");
    std::from_chars(body.data() + at + 2, body.data() + body.size(), revision);
    return revision;
  }

  void judge(const operation& what, const result<entity_reply>& answer) {
    if (!answer) {
      const auto code = answer.error().code;
      const bool is_fair =
        code == errc::overloaded || (may_fail && (code == errc::unavailable || code == errc::outcome_unknown));
      EXPECT_TRUE(is_fair) << to_string(code) << ": " << answer.error().detail;
      return;
    }
    const auto revision = revision_in(*answer->body);
    if (what.name.empty()) {
      EXPECT_GE(revision, what.at_least) << "a stale read";
      return;
    }
    EXPECT_TRUE(world_.faults->names.contains(what.name)) << "acknowledged before the commit";
    EXPECT_NE(answer->body->find(what.name), std::string::npos);
    EXPECT_TRUE(revisions_.insert(revision).second) << "two writes with one revision";
    acknowledged_ = std::max(acknowledged_, revision);
    ++acknowledged_count;
  }

  actor_world& world_;
  std::string prefix_;
  ask_write write_;
  ask_read read_;
  stored_revision stored_;
  int writes_ = 0;
  std::int64_t acknowledged_ = 0;
  std::set<std::int64_t> revisions_;
  std::vector<operation> pending_;
};

/// Versions rise by exactly what was written and by the fences that were raised.
inline void expect_no_gap(actor_world& world, const person& who) {
  EXPECT_EQ(world.stored(who).version, world.faults->steps + world.faults->raises);
}

}  // namespace genesis
