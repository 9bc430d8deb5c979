#include "actors/audit.hpp"
#include "actors/deadlines.hpp"
#include "cli/cache_command.hpp"
#include "cli/control_client.hpp"
#include "cli/control_commands.hpp"
#include "cli/control_protocol.hpp"
#include "cli/data_directory.hpp"
#include "cli/database_command.hpp"
#include "cli/demo_command.hpp"
#include "cli/file_lock.hpp"
#include "cli/installation.hpp"
#include "cli/json_reading.hpp"
#include "cli/keys_command.hpp"
#include "cli/logging.hpp"
#include "cli/migrate_command.hpp"
#include "cli/user_command.hpp"
#include "config/settings_table.hpp"
#include "storage/migrations.hpp"
#include "tests/temporary_directory.hpp"

#include <caf/scoped_actor.hpp>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <array>
#include <fstream>
#include <functional>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace genesis::cli {

namespace {

constexpr std::string_view good_password = "seven violet otters juggle";

/// What a command said.
struct outcome {
  int status = 0;
  std::string out;
  std::string err;
};

/// An installation in a directory of its own, with the commands that change it.
class installation : public ::testing::Test {
protected:
  installation() {
    settings_.values.data.directory = directory_.path();
    settings_.values.http.threads = 1;
  }

  template <class Command>
  outcome run(Command command) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const console with{in, out, err, false, {}};
    const int status = command(with);
    return {status, out.str(), err.str()};
  }

  outcome user(user_verb verb, std::string email = {}, std::string password = {}, user_role role = user_role::user) {
    return run([&](const console& with) { return manage_users(settings_, {verb, email, "", password, role}, with); });
  }

  outcome show(std::string email = "demo@example.com", std::string password = std::string{good_password}) {
    return run(
      [&](const console& with) { return demo(settings_, demo_options{email, password, true, 0, 0, {}}, with); });
  }

  outcome order(std::int64_t people, const std::filesystem::path& tokens) {
    return run([&](const console& with) {
      return demo(settings_, demo_options{"", std::string{good_password}, true, people, 0, tokens}, with);
    });
  }

  /// A database with the first migrations alone.
  void make_database(std::size_t migrations) const {
    ASSERT_TRUE(storage::migrate(
      directory_.path() / "genesis.db", {.migrations = storage::embedded_migrations().first(migrations)}));
  }

  [[nodiscard]] std::unique_ptr<node> start_node() const {
    return node::start(settings_.values, database_of(settings_.values).value()).value();
  }

  temporary_directory directory_;
  config::loaded settings_;
};

template <class R, class Handle, class Q>
result<R> ask(node& home, const Handle& whom, Q question) {
  caf::scoped_actor self{home.system()};
  result<R> answer = fail(errc::internal);
  self->request(whom, std::chrono::seconds{10}, std::move(question))
    .receive([&](R& found) { answer = std::move(found); },
      [&](const caf::error& failed) { answer = std::unexpected(from_caf(failed)); });
  return answer;
}

result<signed_in> sign_in(node& home, std::string email, std::string_view password) {
  return ask<signed_in>(home, home.accounts, log_in{std::move(email), std::string{password}, {}});
}

/// What a server does for commands, without anything else of it.
class commanded_server {
public:
  explicit commanded_server(const config::settings& settings)
      : directory_(data_directory::open(settings.data.directory).value()) {
    const auto database = database_of(settings).value();
    if (!prepare_database(database, true))
      throw std::runtime_error("no database");
    home_ = node::start(settings, database).value();
    auto keys = auth::signing_keys::open(directory_.path() / "keys", home_->world().now()).value();
    control_ = spawn_control(*home_, settings, std::make_shared<const auth::signing_keys>(std::move(keys)));
    server_ = std::make_unique<control_server>(home_->runtime()[0], ask_control(control_));
    if (!server_->listen(directory_.path()))
      throw std::runtime_error("no socket");
  }
  ~commanded_server() {
    server_ = nullptr;
    caf::anon_send_exit(control_, caf::exit_reason::user_shutdown);
    control_ = nullptr;
    home_->stop(std::chrono::seconds{5});
  }

  node& home() { return *home_; }

private:
  data_directory directory_;
  std::unique_ptr<node> home_;
  control_actor control_;
  std::unique_ptr<control_server> server_;
};

std::vector<boost::json::object> lines_of(const std::filesystem::path& file) {
  std::ifstream in{file};
  std::vector<boost::json::object> lines;
  for (std::string line; std::getline(in, line);)
    lines.push_back(parse_object(line).value());
  return lines;
}

}  // namespace

using MigrateCommand = installation;
using UserCommand = installation;
using DemoCommand = installation;
using KeysCommand = installation;
using BackupCommand = installation;
using DatabaseCommand = installation;
using DataDirectory = installation;
using CacheCommand = installation;

TEST_F(DataDirectory, IsItsOwnersAloneWhereItIsMadeOrEmptyOrAnInstallation) {
  EXPECT_TRUE(data_directory::open(directory_.path() / "made" / "deep/"));
  EXPECT_EQ(mode_of(directory_.path() / "made" / "deep"), 0700U);
  ASSERT_EQ(::chmod(directory_.path().c_str(), 0755), 0);
  std::filesystem::remove_all(directory_.path() / "made");
  directory_.write("genesis.toml", "", 0644);
  EXPECT_TRUE(data_directory::open(directory_.path())) << "settings may be there before anything else";
  EXPECT_EQ(mode_of(directory_.path()), 0700U);
  for (const auto* own : {"genesis.db", "backup.db"})
    directory_.write(own, "");
  ASSERT_EQ(::chmod(directory_.path().c_str(), 02775), 0);
  EXPECT_TRUE(data_directory::open(directory_.path()));
  EXPECT_EQ(mode_of(directory_.path()), 02700U);
}

TEST_F(DataDirectory, OfSomebodyElseIsLeftAsItIs) {
  const auto expect_refusal = [&](::mode_t mode, std::string_view says) {
    ASSERT_EQ(::chmod(directory_.path().c_str(), mode), 0);
    const auto refused = data_directory::open(directory_.path());
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().detail.find(says), std::string::npos) << refused.error().detail;
    EXPECT_NE(refused.error().detail.find("--data.directory"), std::string::npos) << refused.error().detail;
    EXPECT_EQ(mode_of(directory_.path()), mode);
    EXPECT_FALSE(std::filesystem::exists(directory_.path() / "lock"));
  };
  expect_refusal(01777, "sticky bit");
  directory_.write("thesis.txt", "");
  expect_refusal(0755, "(thesis.txt)");
  expect_refusal(0710, "chmod 700 " + directory_.path().string());
  ASSERT_EQ(::chmod(directory_.path().c_str(), 0700), 0);
  EXPECT_TRUE(data_directory::open(directory_.path())) << "it is closed already";
  std::filesystem::remove(directory_.path() / "lock");
  if (::geteuid() != 0 || ::chown(directory_.path().c_str(), 65'534, 65'534) != 0)
    GTEST_SKIP() << "only root can give a directory away";
  expect_refusal(0755, "belongs to somebody else");
}

TEST_F(MigrateCommand, MakesNoInstallation) {
  const auto nowhere = directory_.path() / "nowhere";
  settings_.values.data.directory = nowhere;
  for (const bool is_dry_run : {false, true}) {
    const auto refused = run([&](const console& with) { return migrate(settings_, with, {std::nullopt, is_dry_run}); });
    EXPECT_EQ(refused.status, failure_status);
    EXPECT_NE(refused.err.find("there is no database " + (nowhere / "genesis.db").string()), std::string::npos)
      << refused.err;
    EXPECT_EQ(refused.out, "");
  }
  EXPECT_FALSE(std::filesystem::exists(nowhere));
}

TEST_F(MigrateCommand, IsAdvisedOnlyWhereItHelps) {
  const auto file = directory_.path() / "genesis.db";
  const auto refusal = [&] { return prepare_database(file, false).error().detail; };
  EXPECT_EQ(refusal(), "there is no database " + file.string() +
                         " yet; start once without --no-migrate, which makes it, or name the server's directory with "
                         "--data.directory");
  EXPECT_FALSE(std::filesystem::exists(file));
  make_database(1);
  EXPECT_EQ(refusal(), file.string() + ": migration 0002_api_keys has not been applied; run 'genesis migrate', or "
                                       "start without --no-migrate");
  EXPECT_EQ(run([&](const console& with) { return migrate(settings_, with); }).status, success_status);
  EXPECT_TRUE(prepare_database(file, false));
}

TEST_F(MigrateCommand, SaysWhatItDidAndThenThatNothingIsLeft) {
  make_database(2);
  const auto first = run([&](const console& with) { return migrate(settings_, with); });
  EXPECT_EQ(first.status, success_status) << first.err;
  EXPECT_NE(first.out.find("Applied 0003_invitations."), std::string::npos) << first.out;
  const auto second = run([&](const console& with) { return migrate(settings_, with); });
  EXPECT_EQ(second.status, success_status);
  EXPECT_NE(second.out.find("Nothing to do"), std::string::npos) << second.out;
}

TEST_F(MigrateCommand, RefusesWhileSomebodyElseUsesTheDirectory) {
  make_database(1);
  const auto held = data_directory::open(directory_.path());
  ASSERT_TRUE(held);
  const auto refused = run([&](const console& with) { return migrate(settings_, with); });
  EXPECT_EQ(refused.status, failure_status);
  EXPECT_NE(refused.err.find("in use by another genesis"), std::string::npos) << refused.err;
}

TEST_F(MigrateCommand, RefusesWhileSomebodyElseUsesTheDatabase) {
  make_database(1);
  const auto held = lock_database(directory_.path() / "genesis.db");
  ASSERT_TRUE(held);
  const auto refused = run([&](const console& with) { return migrate(settings_, with); });
  EXPECT_EQ(refused.status, failure_status);
  EXPECT_NE(refused.err.find("in use by another genesis, which has another data directory"), std::string::npos);
  EXPECT_EQ(storage::pending_migrations(directory_.path() / "genesis.db").value().front(), "0002_api_keys");
}

TEST_F(MigrateCommand, GoesAsFarAsItIsToldAndSaysBeforehandWhatItWouldDo) {
  const auto to = [&](std::optional<std::int64_t> number, bool is_dry_run) {
    return run([&](const console& with) { return migrate(settings_, with, {number, is_dry_run}); });
  };
  make_database(1);
  EXPECT_EQ(to(2, true).out, "Would apply 0002_api_keys.\n");
  EXPECT_EQ(to(2, false).status, success_status);
  const auto rest = to(std::nullopt, true);
  EXPECT_EQ(rest.out.find("0002"), std::string::npos) << rest.out;
  EXPECT_NE(rest.out.find("Would apply 0003_invitations."), std::string::npos) << rest.out;
  for (const bool is_dry_run : {true, false}) {
    const auto back = to(1, is_dry_run);
    EXPECT_EQ(back.status, failure_status);
    EXPECT_NE(back.err.find("has 2 migrations already"), std::string::npos) << back.err;
  }
  EXPECT_EQ(to(std::nullopt, false).status, success_status);
}

TEST_F(BackupCommand, CopiesAndBringsBack) {
  ASSERT_EQ(user(user_verb::add, "ann@example.com", std::string{good_password}).status, success_status);
  const auto copy = directory_.path() / "copy.db";
  const auto save = [&] { return run([&](const console& with) { return back_up(settings_, copy, with); }); };
  const auto saved = save();
  EXPECT_EQ(saved.status, success_status) << saved.err;
  const auto again = save();
  EXPECT_EQ(again.status, failure_status);
  EXPECT_NE(again.err.find("exists already"), std::string::npos) << again.err;

  ASSERT_EQ(user(user_verb::add, "bob@example.com", std::string{good_password}).status, success_status);
  const auto bring_back = [&] { return run([&](const console& with) { return restore(settings_, copy, with); }); };
  std::ofstream(directory_.path() / "cache.key") << "of the database that goes";
  const auto restored = bring_back();
  EXPECT_EQ(restored.status, success_status) << restored.err;
  EXPECT_NE(restored.out.find("as it was is kept in"), std::string::npos) << restored.out;
  EXPECT_EQ(restored.err, "");
  EXPECT_FALSE(std::filesystem::exists(directory_.path() / "cache.key")) << "Redis may have later states of people";
  const auto listed = user(user_verb::list).out;
  EXPECT_NE(listed.find("ann@example.com"), std::string::npos);
  EXPECT_EQ(listed.find("bob@example.com"), std::string::npos);

  {
    const auto held = lock_database(directory_.path() / "genesis.db");
    EXPECT_NE(bring_back().err.find("in use by another genesis"), std::string::npos);
  }
  const auto held = data_directory::open(directory_.path());
  EXPECT_NE(bring_back().err.find("in use by another genesis"), std::string::npos);
}

TEST_F(BackupCommand, SaysThatTheKeysAreMissingWhereItBringsADatabaseBack) {
  const temporary_directory other;
  const auto copy = other.path() / "copy.db";
  ASSERT_TRUE(prepare_database(copy, true));
  const auto restored = run([&](const console& with) { return restore(settings_, copy, with); });
  EXPECT_EQ(restored.status, success_status) << restored.err;
  EXPECT_NE(restored.err.find("no signing keys in " + (directory_.path() / "keys").string()), std::string::npos)
    << restored.err;
}

TEST_F(BackupCommand, MakesNothingWhereThereIsNothingToBringBack) {
  const auto nowhere = directory_.path() / "nowhere";
  settings_.values.data.directory = nowhere;
  const auto copy = directory_.path() / "copy.db";
  const auto refused = run([&](const console& with) { return restore(settings_, copy, with); });
  EXPECT_EQ(refused.status, failure_status);
  EXPECT_EQ(refused.err, "genesis: there is no file " + copy.string() + "\n");
  EXPECT_FALSE(std::filesystem::exists(nowhere));
}

TEST_F(BackupCommand, NeedsADatabaseAndNamesTheToolOfPostgresql) {
  const auto save = [&] { return run([&](const console& with) { return back_up(settings_, "copy.db", with); }); };
  EXPECT_NE(save().err.find("there is no database"), std::string::npos);
  settings_.values.storage.url = "postgresql://genesis@db.example/genesis";
  EXPECT_NE(save().err.find("pg_dump"), std::string::npos);
  EXPECT_NE(run([&](const console& with) { return restore(settings_, "copy.db", with); }).err.find("pg_restore"),
    std::string::npos);
}

TEST_F(CacheCommand, TakesInAndForgetsAndTellsWhatCachesDid) {
  ASSERT_EQ(user(user_verb::add, "ann@example.com", std::string{good_password}).status, success_status);
  const auto stats = [&] { return run([&](const console& with) { return show_caches(settings_, with); }); };
  const auto warm = [&](std::optional<std::int64_t> people = {}) {
    return run([&](const console& with) { return warm_caches_of_server(settings_, people, with); });
  };
  const auto invalidate = [&](const std::string& pattern) {
    return run([&](const console& with) { return invalidate_caches_of_server(settings_, pattern, with); });
  };
  EXPECT_EQ(stats().status, failure_status) << "no server runs";

  const commanded_server server{settings_.values};
  EXPECT_EQ(warm(0).out, "People in memory who were active last: 0.\n");
  EXPECT_EQ(warm().out, "People in memory who were active last: 1.\n");
  const auto told = stats();
  EXPECT_EQ(told.status, success_status) << told.err;
  EXPECT_NE(told.out.find("People in memory: 1.\n"), std::string::npos) << told.out;
  EXPECT_NE(told.out.find("Redis is not configured.\n"), std::string::npos) << told.out;
  EXPECT_EQ(invalidate("user:0*").out, "People who left memory: 1.\n");
  EXPECT_EQ(invalidate("user:*").out, "People who left memory: 0.\n");
  const auto refused = invalidate("user:[a-f]*");
  EXPECT_EQ(refused.status, failure_status);
  EXPECT_NE(refused.err.find("the pattern must have"), std::string::npos) << refused.err;
  EXPECT_NE(invalidate("user:ann@example.com").err.find("genesis user list"), std::string::npos);
  EXPECT_NE(invalidate("session:*").err.find("the only kind is user:ID"), std::string::npos);
  EXPECT_EQ(warm(-1).status, failure_status);
}

TEST_F(CacheCommand, RefusesFlagsThatTheRunningServerDoesNotSee) {
  const auto refused_by_all = [&](const std::string& sentence) {
    using work = std::function<int(const console&)>;
    const std::array<work, 5> commands{[&](const console& with) { return show_caches(settings_, with); },
      [&](const console& with) { return warm_caches_of_server(settings_, {}, with); },
      [&](const console& with) { return invalidate_caches_of_server(settings_, "*", with); },
      [&](const console& with) { return purge_edge_of_server(settings_, {"root"}, with); },
      [&](const console& with) { return show_statements(settings_, with); }};
    for (const auto& each : commands) {
      const auto refused = run(each);
      EXPECT_EQ(refused.status, failure_status);
      EXPECT_NE(refused.err.find(sentence), std::string::npos) << refused.err;
    }
  };
  refused_by_all("no server runs on the data directory " + directory_.path().string() + "; start one");
  const commanded_server server{settings_.values};
  settings_.origins.resize(config::settings_table().size());
  const auto row = static_cast<std::size_t>(config::find_setting("users.warm_up") - config::settings_table().data());
  settings_.origins[row] = {config::origin::source::flag, "--users.warm_up"};
  refused_by_all("--users.warm_up would have no effect");
}

TEST_F(CacheCommand, NamesTheKeysThatPublicAnswersHave) {
  const commanded_server server{settings_.values};
  const auto refused = run([&](const console& with) { return purge_edge_of_server(settings_, {"bogus"}, with); });
  EXPECT_EQ(refused.status, failure_status);
  EXPECT_NE(refused.err.find("public, openapi, jwks, problems, root"), std::string::npos) << refused.err;
}

TEST_F(DatabaseCommand, DoesNotTakeAFileForTheDatabaseOfAServerThatUsesAnother) {
  auto elsewhere = settings_.values;
  const temporary_directory other;
  elsewhere.storage.url = "sqlite://" + (other.path() / "elsewhere.db").string();
  make_database(storage::embedded_migrations().size());
  const commanded_server server{elsewhere};
  using work = std::function<int(const console&)>;
  const std::array<work, 3> commands{[&](const console& with) { return check_database(settings_, with); },
    [&](const console& with) { return back_up(settings_, directory_.path() / "copy.db", with); },
    [&](const console& with) { return migrate(settings_, with, {std::nullopt, true}); }};
  for (const auto& each : commands) {
    const auto refused = run(each);
    EXPECT_EQ(refused.status, failure_status) << refused.out;
    EXPECT_NE(refused.err.find("uses another database, " + (other.path() / "elsewhere.db").string()), std::string::npos)
      << refused.err;
    EXPECT_NE(refused.err.find("--storage.url"), std::string::npos) << refused.err;
  }
  settings_.values.storage.url = elsewhere.storage.url;
  for (const auto& each : commands) {
    const auto done = run(each);
    EXPECT_EQ(done.status, success_status) << done.err;
  }
}

TEST_F(DatabaseCommand, HasOneLockForAFileThatIsNotThereYetWhateverItsName) {
  const auto file = directory_.path() / "genesis.db";
  std::filesystem::create_directory(directory_.path() / "links");
  std::filesystem::create_symlink("links/second.db", directory_.path() / "first.db");
  std::filesystem::create_symlink(file, directory_.path() / "links" / "second.db");
  const auto held = lock_database(file);
  ASSERT_TRUE(held);
  const auto refused = lock_database(directory_.path() / "first.db");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::conflict);
  EXPECT_NE(refused.error().detail.find(file.string()), std::string::npos) << refused.error().detail;
}

TEST_F(DatabaseCommand, CopiesNoFileThatSomebodyElseUses) {
  const temporary_directory other;
  const auto from = other.path() / "from.db";
  const auto to = other.path() / "to.db";
  ASSERT_TRUE(prepare_database(from, true));
  const auto copy = [&] {
    return run([&](const console& with) {
      return copy_database(settings_, {"sqlite://" + from.string(), "sqlite://" + to.string()}, with);
    });
  };
  for (const auto& used : {from, to}) {
    const auto held = lock_database(used);
    ASSERT_TRUE(held);
    const auto refused = copy();
    EXPECT_EQ(refused.status, failure_status);
    EXPECT_NE(refused.err.find("the database " + used.string() + " is in use"), std::string::npos) << refused.err;
    EXPECT_FALSE(std::filesystem::exists(to));
  }
  EXPECT_EQ(copy().status, success_status);
}

TEST_F(DatabaseCommand, CopiesNothingFromNowhere) {
  const auto nowhere = directory_.path() / "nowhere";
  settings_.values.data.directory = nowhere;
  const auto copy = [&](const std::string& from, const std::string& to) {
    return run([&](const console& with) { return copy_database(settings_, {from, to}, with); });
  };
  const auto target = "sqlite://" + (directory_.path() / "to.db").string();
  const auto refused = copy("", target);
  EXPECT_EQ(refused.status, failure_status);
  EXPECT_NE(refused.err.find("there is no database " + (nowhere / "genesis.db").string()), std::string::npos)
    << refused.err;
  for (const auto& [from, to, says] :
    {std::array<std::string, 3>{"foo", target, "--from"}, std::array<std::string, 3>{"", "foo", "--to"}}) {
    const auto wrong = copy(from, to);
    EXPECT_EQ(wrong.status, usage_status);
    EXPECT_NE(wrong.err.find(says), std::string::npos) << wrong.err;
  }
  EXPECT_FALSE(std::filesystem::exists(nowhere));
  EXPECT_FALSE(std::filesystem::exists(directory_.path() / "to.db"));
}

TEST_F(DatabaseCommand, SaysWhatToDoWherePostgresqlLetsNobodyIn) {
  const auto database = storage::database_url::parse("postgresql://ann@db.example/genesis").value();
  const std::array<std::pair<std::string_view, std::string_view>, 4> cases{{
    {R"(role "ann" does not exist)", "make that role on the server"},
    {R"(database "genesis" does not exist)", "make that database on the server"},
    {R"(password authentication failed for user "ann")", "PGPASSWORD"},
    {"Cannot establish connection to the database. connection to server failed Is it running?", "host and port"},
  }};
  for (const auto& [words, remedy] : cases) {
    const auto told = about_database(database, {errc::unavailable, std::string{words}}).detail;
    EXPECT_NE(told.find(remedy), std::string::npos) << told;
    EXPECT_NE(told.find("storage.url"), std::string::npos) << told;
  }
  const auto other = about_database(database, {errc::unavailable, "the disk is full"}).detail;
  EXPECT_TRUE(other.ends_with("the disk is full")) << other;
}

TEST_F(BackupCommand, NamesTheDirectoryThatIsMissing) {
  ASSERT_EQ(user(user_verb::invite, "ann@example.com").status, success_status);
  const auto refused =
    run([&](const console& with) { return back_up(settings_, directory_.path() / "nope" / "x.db", with); });
  EXPECT_EQ(refused.status, failure_status);
  EXPECT_NE(
    refused.err.find("there is no directory " + (directory_.path() / "nope").string() + " to"), std::string::npos)
    << refused.err;
}

TEST_F(DatabaseCommand, ChecksWhatAlwaysHolds) {
  const auto check = [&] { return run([&](const console& with) { return check_database(settings_, with); }); };
  EXPECT_NE(check().err.find("there is no database"), std::string::npos);
  ASSERT_EQ(user(user_verb::add, "ann@example.com", std::string{good_password}).status, success_status);
  const auto sound = check();
  EXPECT_EQ(sound.status, success_status) << sound.err;
  EXPECT_NE(sound.out.find("ok      the file is sound\n"), std::string::npos) << sound.out;
  {
    const auto opened = storage::connection::open({.database = directory_.path() / "genesis.db"});
    ASSERT_TRUE(opened);
    (*opened)->run_script("update users set revision = 0");
  }
  const auto broken = check();
  EXPECT_EQ(broken.status, failure_status);
  EXPECT_NE(broken.out.find("BROKEN  1 times: every object has a revision"), std::string::npos) << broken.out;
}

TEST_F(UserCommand, MakesAnAccountThatCanSignInAndHasNoSessionBefore) {
  const auto made = user(user_verb::add, "Ann@Example.com", std::string{good_password}, user_role::admin);
  ASSERT_EQ(made.status, success_status) << made.err;
  EXPECT_EQ(made.out, "Made the account ann@example.com (admin).\n");
  const auto home = start_node();
  const auto found = ask<storage::credentials>(*home, home->storage, storage::find_credentials{"ann@example.com"});
  ASSERT_TRUE(found);
  const auto stored = ask<storage::user_snapshot>(*home, home->storage, storage::load_user{found->user});
  ASSERT_TRUE(stored);
  EXPECT_TRUE(stored->sessions.empty());
  const auto in = sign_in(*home, "ann@example.com", good_password);
  ASSERT_TRUE(in) << in.error().detail;
  EXPECT_EQ(in->grant.role, user_role::admin);
}

TEST_F(UserCommand, MakesNoInstallationToReadOrChangeIt) {
  const auto nowhere = directory_.path() / "nowhere";
  settings_.values.data.directory = nowhere;
  for (const auto verb : {user_verb::list, user_verb::disable, user_verb::enable, user_verb::role})
    EXPECT_NE(user(verb, "ann@example.com").err.find("there is no database " + (nowhere / "genesis.db").string()),
      std::string::npos);
  for (const auto verb : {keys_verb::list, keys_verb::rotate}) {
    const auto refused = run([&](const console& with) { return manage_keys(settings_, verb, false, with); });
    EXPECT_EQ(refused.status, failure_status);
    EXPECT_NE(refused.err.find(nowhere.string()), std::string::npos) << refused.err;
  }
  EXPECT_FALSE(std::filesystem::exists(nowhere));
  EXPECT_EQ(user(user_verb::add, "ann@example.com", std::string{good_password}).status, success_status);
  EXPECT_EQ(user(user_verb::list).status, success_status);
}

TEST_F(MigrateCommand, NamesTheFileThatIsNoDatabase) {
  std::ofstream{directory_.path() / "genesis.db"} << std::string(5'000, 'x');
  const auto refused = run([&](const console& with) { return migrate(settings_, with); });
  EXPECT_EQ(refused.status, failure_status);
  EXPECT_NE(refused.err.find((directory_.path() / "genesis.db").string()), std::string::npos) << refused.err;
  const auto listed = user(user_verb::list);
  EXPECT_NE(listed.err.find((directory_.path() / "genesis.db").string()), std::string::npos) << listed.err;
}

TEST_F(KeysCommand, ListsWhatIsThereAndMakesNothing) {
  const auto list = [&] {
    return run([&](const console& with) { return manage_keys(settings_, keys_verb::list, false, with); });
  };
  make_database(1);
  const auto none = list();
  EXPECT_EQ(none.status, success_status) << none.err;
  EXPECT_EQ(none.out,
    "There are no keys yet in " + (directory_.path() / "keys").string() + ": 'genesis serve' makes the first.\n");
  for (const auto* made : {"keys", "lock"})
    EXPECT_FALSE(std::filesystem::exists(directory_.path() / made)) << made;
  EXPECT_EQ(storage::pending_migrations(directory_.path() / "genesis.db").value().front(), "0002_api_keys");
  const auto keys = auth::signing_keys::open(directory_.path() / "keys", timestamp{}).value();
  EXPECT_EQ(list().out, keys.newest().kid() + "  signs\n");
}

TEST_F(KeysCommand, RotatesTwiceInARowWhenToldTo) {
  ASSERT_EQ(user(user_verb::invite, "ann@example.com").status, success_status);
  const auto rotate = [&](bool is_forced) {
    return run([&](const console& with) { return manage_keys(settings_, keys_verb::rotate, is_forced, with); });
  };
  EXPECT_EQ(rotate(false).status, success_status) << "there is no key before the first";
  const auto refused = rotate(false);
  EXPECT_EQ(refused.status, failure_status);
  EXPECT_NE(refused.err.find("--force"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("auth.access_token_lifetime"), std::string::npos) << refused.err;
  EXPECT_EQ(rotate(true).status, success_status);
  settings_.values.auth.access_token_lifetime = std::chrono::seconds{0};
  EXPECT_EQ(rotate(false).status, success_status) << "no token of the key before is left";
}

TEST_F(UserCommand, RefusesWhatTheApiWouldRefuse) {
  ASSERT_EQ(user(user_verb::add, "ann@example.com", std::string{good_password}).status, success_status);
  const auto taken = user(user_verb::add, "ann@example.com", std::string{good_password});
  EXPECT_EQ(taken.status, failure_status);
  EXPECT_NE(taken.err.find("genesis: "), std::string::npos);
  EXPECT_NE(user(user_verb::add, "no address", std::string{good_password}).err.find("e-mail"), std::string::npos);
  EXPECT_NE(user(user_verb::add, "bea@example.com", "password1").err.find("easy to guess"), std::string::npos);
  const auto nobody = user(user_verb::disable, "bea@example.com");
  EXPECT_EQ(nobody.status, failure_status);
  EXPECT_NE(nobody.err.find("no account with the e-mail address bea@example.com"), std::string::npos) << nobody.err;
}

TEST_F(UserCommand, LooksForAnAccountWhetherAServerRunsOrNot) {
  const auto look = [&](std::string email) {
    return run([&](const console& with) { return look_for_user(settings_, email, with); });
  };
  EXPECT_NE(look("ann@example.com").err.find("there is no database"), std::string::npos);
  ASSERT_EQ(user(user_verb::add, "ann@example.com", std::string{good_password}).status, success_status);
  const auto expect_both = [&] {
    const auto found = look("Ann@Example.com");
    EXPECT_EQ(found.status, success_status);
    EXPECT_EQ(found.out + found.err, "");
    const auto nobody = look("bea@example.com");
    EXPECT_EQ(nobody.status, failure_status);
    EXPECT_EQ(nobody.err, "genesis: there is no account with the e-mail address bea@example.com\n");
  };
  expect_both();
  const commanded_server server{settings_.values};
  expect_both();
}

std::string invitation_in(const std::string& output) {
  const auto begin = output.rfind("gi_");
  return begin == std::string::npos ? std::string{} : output.substr(begin, output.find('\n', begin) - begin);
}

sign_up registration(std::string email, std::string invite) {
  sign_up made;
  made.person.email = std::move(email);
  made.password = std::string{good_password};
  made.invite = std::move(invite);
  return made;
}

TEST_F(UserCommand, InvitesSomebodyOnceWhetherAServerRunsOrNot) {
  const auto before = user(user_verb::invite, "Ann@Example.com", "", user_role::coach);
  ASSERT_EQ(before.status, success_status) << before.err;
  EXPECT_NE(before.out.find("Invitation for ann@example.com (coach)"), std::string::npos) << before.out;
  commanded_server server{settings_.values};
  const auto meanwhile = user(user_verb::invite, "bea@example.com");
  ASSERT_EQ(meanwhile.status, success_status) << meanwhile.err;
  const auto sign_up_as = [&](std::string email, const std::string& invite) {
    return ask<signed_in>(server.home(), server.home().accounts, registration(std::move(email), invite));
  };
  const auto stranger = sign_up_as("cleo@example.com", invitation_in(meanwhile.out));
  ASSERT_FALSE(stranger);
  EXPECT_EQ(stranger.error().code, errc::forbidden);
  EXPECT_NE(stranger.error().detail.find("another e-mail address"), std::string::npos);

  const auto ann = sign_up_as("ann@example.com", invitation_in(before.out));
  ASSERT_TRUE(ann) << ann.error().detail;
  EXPECT_EQ(ann->grant.role, user_role::coach);
  const auto bea = sign_up_as("bea@example.com", invitation_in(meanwhile.out));
  ASSERT_TRUE(bea) << bea.error().detail;
  EXPECT_EQ(bea->grant.role, user_role::user);

  const auto again = sign_up_as("bea@example.com", invitation_in(meanwhile.out));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, errc::forbidden) << "for one use";
}

TEST_F(UserCommand, SaysThatAnInvitationVoidsTheOneBefore) {
  const auto first = user(user_verb::invite, "ann@example.com");
  EXPECT_EQ(first.err, "");
  const auto second = user(user_verb::invite, "Ann@example.com");
  EXPECT_EQ(second.status, success_status);
  EXPECT_EQ(second.err, "genesis: the invitation that this address had before is void now\n");
  EXPECT_EQ(user(user_verb::invite, "bea@example.com").err, "");
}

TEST_F(UserCommand, RefusesSettingsThatTheRunningServerWouldNotSee) {
  const auto set_by = [&](std::string_view name, config::origin from) {
    settings_.origins.resize(config::settings_table().size());
    settings_.origins[static_cast<std::size_t>(config::find_setting(name) - config::settings_table().data())] = from;
  };
  set_by("data.directory", {config::origin::source::flag, "--data.directory"});
  set_by("http.port", {config::origin::source::environment, "GENESIS_HTTP_PORT"});
  const auto invite = [&] { return user(user_verb::invite, "ann@example.com"); };
  {
    const commanded_server server{settings_.values};
    EXPECT_EQ(invite().status, success_status);
    set_by("auth.invitation_lifetime", {config::origin::source::flag, "--auth.invitation_lifetime"});
    const auto refused = invite();
    EXPECT_EQ(refused.status, failure_status);
    EXPECT_NE(refused.err.find("--auth.invitation_lifetime would have no effect"), std::string::npos) << refused.err;
    EXPECT_EQ(refused.out, "");
  }
  EXPECT_EQ(invite().status, success_status) << "without a server they count";
}

TEST_F(UserCommand, InvitesNobodyWhoHasAnAccount) {
  ASSERT_EQ(user(user_verb::add, "ann@example.com", std::string{good_password}).status, success_status);
  const auto refused = user(user_verb::invite, "ann@example.com");
  EXPECT_EQ(refused.status, failure_status);
  EXPECT_NE(refused.err.find("there is an account"), std::string::npos) << refused.err;
  EXPECT_EQ(user(user_verb::invite, "no address").status, failure_status);
}

TEST_F(UserCommand, SaysWhenAnInvitationIsOfNoUseYet) {
  settings_.values.auth.registration = config::registration_mode::closed;
  const commanded_server server{settings_.values};
  settings_.values.auth.registration = config::registration_mode::open;  // what counts is the server's
  const auto invited = user(user_verb::invite, "ann@example.com");
  EXPECT_EQ(invited.status, success_status);
  EXPECT_NE(invited.err.find("registration is closed"), std::string::npos);
}

TEST_F(UserCommand, AnInvitationExpires) {
  settings_.values.auth.invitation_lifetime = std::chrono::seconds{0};
  const auto invited = user(user_verb::invite, "ann@example.com");
  ASSERT_EQ(invited.status, success_status) << invited.err;
  const auto home = start_node();
  const auto refused =
    ask<signed_in>(*home, home->accounts, registration("ann@example.com", invitation_in(invited.out)));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::forbidden);
  EXPECT_NE(refused.error().detail.find("has expired"), std::string::npos) << refused.error().detail;
}

TEST_F(UserCommand, ListsEverybodyPageAfterPage) {
  ASSERT_EQ(order(130, directory_.path() / "tokens").status, success_status);
  ASSERT_EQ(
    user(user_verb::add, "ann@example.com", std::string{good_password}, user_role::coach).status, success_status);
  ASSERT_EQ(user(user_verb::disable, "ann@example.com").status, success_status);
  const auto listed = user(user_verb::list);
  ASSERT_EQ(listed.status, success_status) << listed.err;
  EXPECT_EQ(std::ranges::count(listed.out, '\n'), 132);
  const auto ann = listed.out.find("ann@example.com");
  ASSERT_NE(ann, std::string::npos);
  const auto row = listed.out.substr(ann, listed.out.find('\n', ann) - ann);
  EXPECT_NE(row.find(" coach  no "), std::string::npos) << row;
}

TEST_F(UserCommand, ChangesAccountsOfPeopleWhoAreOnline) {
  commanded_server server{settings_.values};
  ASSERT_EQ(user(user_verb::add, "ann@example.com", std::string{good_password}).status, success_status);
  const auto in = sign_in(server.home(), "ann@example.com", good_password);
  ASSERT_TRUE(in);
  const auto owner =
    ask<user_actor>(server.home(), server.home().shards[shard_of(in->user) % shard_count], find_user{in->user});
  ASSERT_TRUE(owner);

  EXPECT_EQ(user(user_verb::role, "ann@example.com", "", user_role::coach).out,
    "The role of ann@example.com is coach now. What it adds comes with the next refresh of an access token.\n");
  EXPECT_TRUE(ask<entity_reply>(server.home(), *owner, get_user{in->grant.session})) << "a role ends no session";
  EXPECT_EQ(user(user_verb::disable, "ann@example.com").status, success_status);
  const auto refused = ask<entity_reply>(server.home(), *owner, get_user{in->grant.session});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::unauthorized);
  EXPECT_FALSE(sign_in(server.home(), "ann@example.com", good_password));

  EXPECT_EQ(user(user_verb::enable, "ann@example.com").status, success_status);
  const auto again = sign_in(server.home(), "ann@example.com", good_password);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->grant.role, user_role::coach);
  EXPECT_EQ(user(user_verb::password, "ann@example.com", "eleven quiet herons drum").status, success_status);
  EXPECT_FALSE(ask<entity_reply>(server.home(), *owner, get_user{again->grant.session})) << "all sessions have ended";
  EXPECT_FALSE(sign_in(server.home(), "ann@example.com", good_password));
  EXPECT_TRUE(sign_in(server.home(), "ann@example.com", "eleven quiet herons drum"));
}

TEST_F(UserCommand, LeavesALineInTheServersLogForWhatChangesAccess) {
  commanded_server server{settings_.values};
  const auto channel = connect_to_server(settings_.values);
  ASSERT_TRUE(channel);
  std::ostringstream log;
  spdlog::set_default_logger(
    std::make_shared<spdlog::logger>("audit", std::make_shared<spdlog::sinks::ostream_sink_mt>(log)));
  const std::string ann = R"(,"email":"ann@example.com")";
  const auto expect_line = [&](const std::string& request, const std::string& says) {
    log.str({});
    const auto answer = (*channel)->ask("{\"command\":" + request + ann + '}', account_patience);
    EXPECT_TRUE(answer) << answer.error().detail;
    const auto lines = log.str();
    EXPECT_NE(lines.find("audit: an operator " + says), std::string::npos) << lines;
    for (const auto secret : {std::string_view{"ann@"}, good_password, std::string_view{"gi_"}})
      EXPECT_EQ(lines.find(secret), std::string::npos) << lines;
  };
  expect_line(R"("user.invite","role":"coach")", "made an invitation with the role coach, good until 2");
  expect_line(R"("user.add","role":"user","password":")" + std::string{good_password} + '"', "made the account ");
  const auto found =
    ask<storage::credentials>(server.home(), server.home().storage, storage::find_credentials{"ann@example.com"});
  ASSERT_TRUE(found);
  const auto id = to_string(found->user);
  expect_line(R"("user.role","role":"admin")", "gave " + id + " the role admin");
  expect_line(R"("user.active","active":false)", "disabled " + id);
  expect_line(R"("user.active","active":true)", "enabled " + id);
  expect_line(R"("user.password","password":"eleven quiet herons drum")", "changed the password of " + id);
  expect_line(R"("keys.rotate")", "rotated the signing keys: 0");
  expect_line(R"("keys.rotate","force":true)", "rotated the signing keys by force: 0");
  log_warnings_only();
}

TEST_F(UserCommand, LeavesItsLineInTheLogsFileWhereNoServerRuns) {
  settings_.values.log.file = directory_.path() / "genesis.log";
  settings_.values.log.level = "error";
  ASSERT_EQ(user(user_verb::add, "ann@example.com", std::string{good_password}).status, success_status);
  ASSERT_EQ(user(user_verb::role, "ann@example.com", "", user_role::admin).status, success_status);
  spdlog::drop(audit_log_name);
  std::ifstream file{settings_.values.log.file};
  std::string added;
  std::string raised;
  ASSERT_TRUE(std::getline(file, added) && std::getline(file, raised));
  EXPECT_NE(added.find(" info audit: an operator made the account "), std::string::npos) << added;
  EXPECT_NE(raised.find(" info audit: an operator gave "), std::string::npos) << raised;
  EXPECT_FALSE(std::getline(file, added)) << added;
}

TEST_F(DemoCommand, SetsThePersonBackWhenItIsDoneAgain) {
  const auto first = show();
  ASSERT_EQ(first.status, success_status) << first.err;
  EXPECT_NE(first.out.find("demo@example.com"), std::string::npos);
  EXPECT_NE(first.out.find(good_password), std::string::npos);
  commanded_server server{settings_.values};
  auto in = sign_in(server.home(), "demo@example.com", good_password);
  ASSERT_TRUE(in);
  const auto records_of = [&](const user_id& whose) {
    std::vector<progress_record> all;
    storage::list_progress question{whose};
    question.page = {page_limit_max, std::nullopt, list_order::oldest_first};
    for (bool has_more = true; has_more;) {
      auto page = ask<genesis::page<progress_record>>(server.home(), server.home().storage, question).value();
      std::ranges::copy(page.items, std::back_inserter(all));
      has_more = page.has_more;
      if (has_more)
        question.page.after = list_position{all.back().recorded_at.time_since_epoch().count(), all.back().id.value};
    }
    return all;
  };
  const auto records = records_of(in->user);
  EXPECT_GT(records.size(), 500U);
  EXPECT_NE(first.out.find(std::to_string(records.size()) + " records, 5 conversations"), std::string::npos)
    << first.out;
  const auto newest =
    std::ranges::find(records.rbegin(), records.rend(), progress_metric::weight_kg, &progress_record::metric);
  EXPECT_EQ(parse_object(*in->grant.person).value().at("weight_kg").to_number<double>(), newest->value);

  const auto second = show("demo@example.com", "eleven quiet herons drum");
  ASSERT_EQ(second.status, success_status) << second.err;
  EXPECT_EQ(records_of(in->user).size(), 0U) << "nothing of the old one is left";
  EXPECT_FALSE(sign_in(server.home(), "demo@example.com", good_password));
  in = sign_in(server.home(), "demo@example.com", "eleven quiet herons drum");
  ASSERT_TRUE(in);
  EXPECT_EQ(records_of(in->user).size(), records.size());
}

TEST_F(DemoCommand, LeavesOtherPeoplesAccountsAlone) {
  ASSERT_EQ(user(user_verb::add, "ann@example.com", std::string{good_password}).status, success_status);
  const auto refused = show("ann@example.com", "eleven quiet herons drum");
  EXPECT_EQ(refused.status, failure_status);
  EXPECT_NE(refused.err.find("--email"), std::string::npos) << refused.err;
  const auto home = start_node();
  EXPECT_TRUE(sign_in(*home, "ann@example.com", good_password));
}

TEST_F(DemoCommand, KeepsTheOldPersonWhenTheNewPasswordIsRefused) {
  ASSERT_EQ(show().status, success_status);
  EXPECT_EQ(show("demo@example.com", "password1").status, failure_status);
  const auto home = start_node();
  EXPECT_TRUE(sign_in(*home, "demo@example.com", good_password));
}

TEST_F(DemoCommand, RefusesAGivenPasswordBeforeAnythingIsMade) {
  const auto directory = directory_.path() / "new";
  settings_.values.data.directory = directory;
  const auto refusal = [&](const std::string& password, std::int64_t people) {
    const auto refused = run([&](const console& with) {
      return demo(settings_, {"demo@example.com", password, false, people, 0, directory_.path() / "tokens"}, with);
    });
    EXPECT_EQ(refused.status, failure_status);
    EXPECT_EQ(refused.out, "");
    return refused.err;
  };
  for (const std::int64_t people : {0, 1}) {
    EXPECT_EQ(
      refusal("xK9#pq!", people), "genesis: GENESIS_CHAT_PASSWORD: the password must have at least 8 characters\n");
    EXPECT_TRUE(
      refusal("password1", people).starts_with("genesis: GENESIS_CHAT_PASSWORD: the password is too easy to guess. "));
  }
  EXPECT_FALSE(std::filesystem::exists(directory));
  EXPECT_FALSE(std::filesystem::exists(directory_.path() / "tokens"));
}

TEST_F(DemoCommand, MakesPeopleWhoCanActAtOnce) {
  commanded_server server{settings_.values};
  const auto file = directory_.path() / "tokens";
  std::ofstream{file} << "somebody's\n";
  EXPECT_NE(order(1, file).err.find("exists already"), std::string::npos);
  std::filesystem::remove(file);
  const auto made = order(260, file);
  ASSERT_EQ(made.status, success_status) << made.err;
  EXPECT_NE(made.err.find("250 of 260 people"), std::string::npos) << made.err;
  struct stat found{};
  ASSERT_EQ(::stat(file.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);

  const auto lines = lines_of(file);
  ASSERT_EQ(lines.size(), 260U);
  const auto keys = auth::signing_keys::open(directory_.path() / "keys", server.home().world().now()).value();
  for (const auto* line : {&lines.front(), &lines.back()}) {
    const auto claims =
      auth::verify(text_member(*line, "access_token"), {"genesis", "genesis-api"}, keys, server.home().world().now());
    ASSERT_TRUE(claims);
    EXPECT_EQ(to_string(claims->user), text_member(*line, "user_id"));
    const auto owner = ask<user_actor>(
      server.home(), server.home().shards[shard_of(claims->user) % shard_count], find_user{claims->user});
    ASSERT_TRUE(owner);
    EXPECT_TRUE(ask<entity_reply>(server.home(), *owner, get_user{claims->session}));
    const auto conversation = conversation_id::parse(text_member(*line, "conversation_id")).value();
    EXPECT_TRUE(ask<entity_reply>(server.home(), *owner, get_conversation{claims->session, conversation}));
    const auto renewed = ask<signed_in>(
      server.home(), server.home().accounts, renew_session{std::string{text_member(*line, "refresh_token")}});
    ASSERT_TRUE(renewed) << renewed.error().detail;
    EXPECT_EQ(renewed->user, claims->user);
  }
}

TEST_F(DemoCommand, SaysThatATokenFileCannotBeWritten) {
  const auto refused = order(1, directory_.path() / "nowhere" / "tokens");
  EXPECT_EQ(refused.status, failure_status);
  EXPECT_NE(refused.err.find("nowhere"), std::string::npos);
}

TEST(ControlClient, FindsNoServerWhereNoneRuns) {
  const temporary_directory directory;
  config::settings settings;
  settings.data.directory = directory.path();
  const auto none = connect_to_server(settings);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, errc::not_found);
}

TEST(ControlClient, SaysThatACommandIsUnknown) {
  const temporary_directory directory;
  config::settings settings;
  settings.data.directory = directory.path();
  settings.http.threads = 1;
  const auto here = open_control({.values = settings, .origins = {}, .warnings = {}, .file = {}});
  ASSERT_TRUE(here) << here.error().detail;
  EXPECT_EQ((*here)->ask(R"({"command":"dance"})", import_patience).error().code, errc::not_found);
  EXPECT_EQ((*here)->ask("no JSON", import_patience).error().code, errc::invalid_argument);
  EXPECT_EQ(
    (*here)
      ->ask(R"({"command":"demo.people","series":"a","first":1,"count":251,"password_hash":"x"})", import_patience)
      .error()
      .code,
    errc::invalid_argument);
}

}  // namespace genesis::cli
