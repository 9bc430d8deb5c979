#include "cli/welcome.hpp"

#include <gmock/gmock.h>

namespace genesis::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Welcome, HasLinesToPaste) {
  const config::settings settings;
  EXPECT_THAT((welcome{settings, "/srv/data", "genesis", "8080", ""}.text()),
    AllOf(HasSubstr("\n  listening on  http://127.0.0.1:8080\n  data in       /srv/data\n"),
      HasSubstr(
        "\n  curl -s -X POST http://127.0.0.1:8080/api/v1/auth/register -H 'Content-Type: application/json' \\\n"
        "    -d '{\"email\":\"you@example.com\",\"password\":\"correct horse battery\"}'\n"),
      HasSubstr("\n  TOKEN=$(curl -s -X POST http://127.0.0.1:8080/api/v1/auth/login "),
      HasSubstr("\n  curl -s -X PATCH http://127.0.0.1:8080/api/v1/users/me -H \"Authorization: Bearer $TOKEN\" \\\n"
                "    -H 'Content-Type: application/json' -d '{\"date_of_birth\":\""),
      HasSubstr("\n  genesis chat --url http://127.0.0.1:8080 --register\n")));
}

TEST(Welcome, CallsTheServerByTheNameOfItsCertificate) {
  config::settings settings;
  settings.http.tls_certificate = "/etc/a certificate.pem";
  settings.http.address = {"0.0.0.0"};
  EXPECT_THAT((welcome{settings, "/srv/data", "genesis", "8443", "coach.example"}.text()),
    AllOf(HasSubstr("listening on  https://127.0.0.1:8443 and every address of this machine\n"),
      HasSubstr("curl --cacert '/etc/a certificate.pem' --resolve coach.example:8443:127.0.0.1 -s -X POST "
                "https://coach.example:8443/api/v1/auth/register "),
      HasSubstr("  genesis chat --url https://coach.example:8443 --cacert '/etc/a certificate.pem' --address 127.0.0.1 "
                "--register\n")));
  settings.http.address = {"::1"};
  EXPECT_THAT((welcome{settings, "/srv/data", "genesis", "443", "coach.example"}.text()),
    AllOf(
      HasSubstr(" --resolve coach.example:443:[::1] -s"), HasSubstr("genesis chat --url https://coach.example --ca")));
  EXPECT_THAT((welcome{settings, "/srv/data", "genesis", "8443", "::1"}.text()),
    AllOf(HasSubstr(" https://[::1]:8443/"), Not(HasSubstr("--resolve")), Not(HasSubstr("--address"))));
}

TEST(Welcome, NamesEveryAddressAndWhereThingsAreKept) {
  config::settings settings;
  settings.data.directory = "/srv/data";
  EXPECT_THAT((welcome{settings, "/srv/data", "genesis", "8080", ""}.text()),
    AllOf(HasSubstr("\n  data in       /srv/data\n  database      /srv/data/genesis.db\n\n"), Not(HasSubstr("Redis"))));
  settings.http.address = {"127.0.0.1", "::1", "10.0.0.7"};
  settings.storage.url = "postgresql://genesis:secret@db.example/genesis";
  settings.storage.replicas = {"postgresql://genesis:secret@replica.example/genesis?weight=2"};
  settings.cache.redis_url = "redis://cache.example";
  settings.cache.redis_password = "secret";
  EXPECT_THAT((welcome{settings, "/srv/data", "genesis", "8080", ""}.text()),
    AllOf(HasSubstr("\n  listening on  http://127.0.0.1:8080\n                http://[::1]:8080\n                "
                    "http://10.0.0.7:8080\n  data in       /srv/data\n"),
      HasSubstr("\n  database      postgresql://"), HasSubstr("db.example"),
      HasSubstr("\n  replica       postgresql://"), HasSubstr("\n  Redis         redis://cache.example:6379/0\n"),
      Not(HasSubstr("secret"))));
}

TEST(Welcome, QuotesWhatAShellWouldTakeApart) {
  config::settings settings;
  settings.auth.registration = config::registration_mode::closed;
  EXPECT_THAT((welcome{settings, "/srv/it's here", "/opt/my genesis", "8080", ""}.text()),
    HasSubstr(R"(| '/opt/my genesis' user add you@example.com --data.directory='/srv/it'\''s here')"));
}

}  // namespace
}  // namespace genesis::cli
