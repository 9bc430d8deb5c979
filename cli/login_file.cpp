#include "cli/login_file.hpp"

#include "cli/errno_text.hpp"
#include "cli/json_reading.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace genesis::cli {

namespace {

// A login is a few hundred bytes; a file above this bound is something else.
constexpr std::size_t file_bytes_max = 65'536;
constexpr mode_t private_mode = S_IRUSR | S_IWUSR;

std::unexpected<error> failed(std::string_view doing, const std::filesystem::path& path, int number) {
  return fail(errc::unavailable, "Cannot " + std::string{doing} + " the login file " + path.string() + ": " +
                                   errno_text(number) + ". Name another one with --login.");
}

// Closes a descriptor at the end of a scope.
struct descriptor {
  int number = -1;

  explicit descriptor(int opened) noexcept : number(opened) {}
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  ~descriptor() {
    if (number >= 0)
      ::close(number);
  }
};

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto count = ::write(file, text.data(), text.size());
    if (count < 0 && errno != EINTR)
      return false;
    text.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  }
  return true;
}

// Up to one byte more than the bound, so that a longer file shows.
bool read_all(int file, std::string& text) {
  std::array<char, 4096> piece{};
  while (text.size() <= file_bytes_max) {
    const auto count = ::read(file, piece.data(), piece.size());
    if (count < 0 && errno != EINTR)
      return false;
    if (count == 0)
      break;
    text.append(piece.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  }
  return true;
}

int make_directory(const std::filesystem::path& directory) {
  if (directory.empty() || ::mkdir(directory.c_str(), S_IRWXU) == 0 || errno == EEXIST)
    return 0;
  if (errno != ENOENT)
    return errno;
  if (const int failure = make_directory(directory.parent_path()))
    return failure;
  return ::mkdir(directory.c_str(), S_IRWXU) == 0 || errno == EEXIST ? 0 : errno;
}

std::string to_json(const saved_login& login) {
  return boost::json::serialize(boost::json::object{{"server", login.server}, {"email", login.email},
           {"refresh_token", login.refresh_token}, {"conversation_id", login.conversation_id},
           {"address", login.way.address}, {"authorities", login.way.authorities}}) +
         "\n";
}

}  // namespace

login_file::lock::lock(lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

login_file::lock::~lock() {
  if (descriptor_ >= 0)
    ::close(descriptor_);
}

result<std::optional<saved_login>> login_file::load() const {
  const descriptor file{::open(path_.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.number < 0 && errno == ENOENT)
    return std::nullopt;
  struct stat facts{};
  if (file.number < 0 || ::fstat(file.number, &facts) != 0)
    return failed("read", path_, errno);
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return fail(
      errc::forbidden, "The login file " + path_.string() +
                         " is open to other users of this machine. Close it with 'chmod 600', or delete it and "
                         "sign in again.");
  std::string text;
  if (!read_all(file.number, text))
    return failed("read", path_, errno);
  const auto object = text.size() > file_bytes_max ? std::nullopt : parse_object(text);
  if (!object || text_member(*object, "refresh_token").empty())
    return fail(errc::invalid_argument,
      "The file " + path_.string() + " holds no login. Delete it and sign in again, or name another one with --login.");
  const auto member = [&](std::string_view name) { return std::string{text_member(*object, name)}; };
  return saved_login{member("server"), member("email"), member("refresh_token"), member("conversation_id"),
    {member("address"), member("authorities")}};
}

result<void> login_file::save(const saved_login& login) const {
  if (const int failure = make_directory(path_.parent_path()))
    return failed("make the directory of", path_, failure);
  std::string draft = path_.string() + ".XXXXXX";
  const descriptor file{::mkostemp(draft.data(), O_CLOEXEC)};
  if (file.number < 0)
    return failed("write", path_, errno);
  // mkostemp makes it 0600 already; saying so again keeps that true under every umask.
  if (::fchmod(file.number, private_mode) != 0 || !write_all(file.number, to_json(login)) ||
      ::fsync(file.number) != 0 || ::rename(draft.c_str(), path_.c_str()) != 0) {
    const int failure = errno;
    ::unlink(draft.c_str());
    return failed("write", path_, failure);
  }
  return {};
}

result<login_file::lock> login_file::acquire() const {
  if (const int failure = make_directory(path_.parent_path()))
    return failed("make the directory of", path_, failure);
  const auto beside = path_.string() + ".lock";
  const int file = ::open(beside.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, private_mode);
  if (file < 0)
    return failed("lock", path_, errno);
  lock held{file};
  while (::flock(file, LOCK_EX) != 0)
    if (errno != EINTR)
      return failed("lock", path_, errno);
  return held;
}

std::optional<std::filesystem::path> default_login_path(const char* state_home, const char* home) {
  const auto is_absolute = [](const char* text) { return text != nullptr && *text == '/'; };
  if (is_absolute(state_home))
    return std::filesystem::path{state_home} / "genesis" / "login.json";
  if (is_absolute(home))
    return std::filesystem::path{home} / ".local" / "state" / "genesis" / "login.json";
  return std::nullopt;
}

}  // namespace genesis::cli
