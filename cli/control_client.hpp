#pragma once

#include "config/load.hpp"
#include "domain/error.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace genesis::cli {

/// How a command reaches what it changes. One request at a time; see `control_protocol.hpp`.
class control_channel {
public:
  control_channel() = default;
  control_channel(const control_channel&) = delete;
  control_channel& operator=(const control_channel&) = delete;
  virtual ~control_channel() = default;

  /// The members of the answer, or why the request failed: `unavailable` when it did not get through, `outcome_unknown`
  /// when there was no answer within `patience`.
  virtual result<boost::json::object> ask(const std::string& request, std::chrono::milliseconds patience) = 0;
};

/// The running server of the data directory. Fails with `not_found` when none runs.
result<std::unique_ptr<control_channel>> connect_to_server(const config::settings& settings);

/// The same for a command that has nothing to do without it. Fails with `invalid_argument` when a server runs and flags
/// ask for settings: it has its own, and would do something else than what was asked.
result<std::unique_ptr<control_channel>> reach_server(const config::loaded& settings);

/// Whether the database of the data directory is the one that is meant, for a command that opens it beside a server.
/// Fails with `conflict` when the settings name no database and the server that runs there uses another one, as
/// PostgreSQL: what lies in the directory then is of other days.
result<void> look_for_other_database(const config::settings& settings);

/// What a command does about an installation that is not there. Those that read or change what is in it refuse: a
/// mistyped directory would become an empty installation.
enum class missing_installation : std::uint8_t { is_made, is_refused };

/// The installation itself, opened in this process: takes the data directory's lock, brings the schema up to date, and
/// runs the same actors that the server does. Fails with `conflict` while another program holds the lock, and with
/// `invalid_argument` when there is no database and that is refused.
result<std::unique_ptr<control_channel>> open_installation(
  const config::settings& settings, missing_installation missing = missing_installation::is_made);

/// The server if one runs, else the installation. Waits a moment for a server that is just starting or ending, or for
/// another command. Fails with `invalid_argument` as `reach_server` does.
result<std::unique_ptr<control_channel>> open_control(
  const config::loaded& settings, missing_installation missing = missing_installation::is_made);

}  // namespace genesis::cli
