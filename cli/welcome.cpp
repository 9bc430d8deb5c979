#include "cli/welcome.hpp"

#include "cli/installation.hpp"
#include "cli/local_server.hpp"
#include "cli/replicas.hpp"
#include "config/redis_url.hpp"
#include "http/server_url.hpp"

namespace genesis::cli {

namespace {

constexpr std::string_view json_type = " -H 'Content-Type: application/json'";
constexpr std::string_view login_members = R"("email":"you@example.com","password":"correct horse battery")";

/// What the question below is answered from.
constexpr std::string_view profile_members = R"({"date_of_birth":"1990-05-01","sex":"female","height_cm":170,)"
                                             R"("weight_kg":78,"activity_level":"moderate","goal":"lose_weight"})";

/// A word of a shell's command.
std::string quoted(const std::string& word) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos)
    return word;
  std::string made = "'";
  for (const char each : word)
    made += each == '\'' ? std::string{R"('\'')"} : std::string{each};
  return made + "'";
}

std::string certificate_flag(const config::settings& settings) {
  return " --cacert " + quoted(std::filesystem::absolute(settings.http.tls_certificate).lexically_normal().string());
}

}  // namespace

std::string welcome::url() const {
  return certified_name.empty() ? local_url(settings, port)
                                : to_string(http::server_url{certified_name, port, {}, true});
}

std::string welcome::curl() const {
  if (certified_name.empty())
    return "curl";
  const auto address = local_address(settings);
  std::string made = "curl" + certificate_flag(settings);
  if (certified_name != address)
    made += " --resolve " + certified_name + ':' + port + ':' + (address.contains(':') ? '[' + address + ']' : address);
  return made;
}

std::string welcome::flags_of_chat() const {
  std::string made = " --url " + url();
  if (certified_name.empty())
    return made;
  made += certificate_flag(settings);
  if (const auto address = local_address(settings); certified_name != address)
    made += " --address " + address;
  return made;
}

/// A line for each address. The first one is as this machine reaches it.
std::string welcome::listeners() const {
  std::string text = "  listening on  " + local_url(settings, port);
  for (std::size_t i = 0; i < settings.http.address.size(); ++i) {
    auto each = settings;
    each.http.address = {settings.http.address[i]};
    if (i > 0)
      text += "                " + local_url(each, port);
    const auto& named = settings.http.address[i];
    text += named == "0.0.0.0" || named == "::" ? " and every address of this machine\n" : "\n";
  }
  return settings.http.address.empty() ? text + '\n' : text;
}

/// The database, and what stands beside it. No passwords.
std::string welcome::stores() const {
  std::string text;
  if (const auto database = database_of(settings))
    text += "  database      " + name_of(*database) + '\n';
  if (const auto replicas = replicas_of(settings))
    for (const auto& each : *replicas)
      text += "  replica       " + each.database.text() + '\n';
  if (const auto redis = config::redis_url::parse(settings.cache.redis_url))
    text += "  Redis         " + redis->text() + '\n';
  return text;
}

/// The line that makes the first account, by whoever may make one.
std::string welcome::first_account() const {
  const auto flags = " --data.directory=" + quoted(directory.string());
  const auto register_with = [&](const std::string& more) {
    return "  " + curl() + " -s -X POST " + url() + "/api/v1/auth/register" + std::string{json_type} +
           " \\\n    -d '{" + std::string{login_members} + more + "}'\n\n";
  };
  switch (settings.auth.registration) {
  case config::registration_mode::open: return register_with({});
  case config::registration_mode::invite:
    return "  INVITATION=$(" + quoted(program) + " user invite you@example.com" + flags + " | tail -n 1)\n\n" +
           register_with(",\"invite\":\"'\"$INVITATION\"'\"");
  case config::registration_mode::closed:
    return "  echo 'correct horse battery' | " + quoted(program) + " user add you@example.com" + flags + "\n\n";
  }
  return {};
}

std::string welcome::text() const {
  const bool may_register = settings.auth.registration == config::registration_mode::open;
  const auto type = std::string{json_type};
  std::string text = "GENESIS " GENESIS_VERSION " is ready.\n";
  text += listeners() + "  data in       " + directory.string() + '\n' + stores() + '\n';
  text += "Make an account, say who you are, then ask and watch the answer stream:\n\n" + first_account();
  text += "  TOKEN=$(" + curl() + " -s -X POST " + url() + "/api/v1/auth/login" + type + " \\\n    -d '{" +
          std::string{login_members} + "}' | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')\n\n";
  text += "  " + curl() + " -s -X PATCH " + url() + "/api/v1/users/me -H \"Authorization: Bearer $TOKEN\" \\\n   " +
          type + " -d '" + std::string{profile_members} + "'\n\n";
  text += "  " + curl() + " -N -X POST " + url() + "/api/v1/chat/stream -H \"Authorization: Bearer $TOKEN\" \\\n   " +
          type + " -d '{\"message\":\"How much should I eat to lose weight?\"}'\n\n";
  text += "Or talk in the terminal:\n\n  " + quoted(program) + " chat" + flags_of_chat() +
          (may_register ? " --register" : " --email you@example.com") + "\n\nCtrl-C ends the server.\n";
  return text;
}

}  // namespace genesis::cli
