#include "auth/key_file.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace genesis::auth {

namespace {

using std::filesystem::path;

constexpr std::size_t secret_file_bytes_max = std::size_t{16} * 1'024;
constexpr mode_t others = S_IRWXG | S_IRWXO;
constexpr mode_t others_write = S_IWGRP | S_IWOTH;

/// An open descriptor.
class descriptor {
public:
  explicit descriptor(int number) noexcept : number_(number) {}
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;
  ~descriptor() {
    if (number_ >= 0)
      ::close(number_);
  }

  [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }
  [[nodiscard]] int get() const noexcept { return number_; }

private:
  int number_;
};

/// What the last system call said, about a file. To be called before anything else can change errno.
std::unexpected<error> system_failed(std::string_view what, const path& file) {
  const int code = errno;
  return fail(errc::unavailable,
    file.string() + ": cannot be " + std::string(what) + ": " + std::generic_category().message(code));
}

std::string octal(mode_t mode) {
  std::string digits = "0000";
  for (std::size_t at = digits.size(); at-- > 0; mode >>= 3)
    digits[at] = static_cast<char>('0' + (mode & 7));
  return digits;
}

std::unexpected<error> is_open_to_others(
  const path& file, mode_t mode, std::string_view verb, std::string_view remedy) {
  return fail(errc::forbidden, file.string() + ": mode " + octal(mode & 07777) + " lets other users " +
                                 std::string(verb) + "; run: chmod " + std::string(remedy) + ' ' + file.string());
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// Makes new names in a directory survive a crash.
result<void> sync_directory(const path& directory) {
  const descriptor opened(::open(directory.empty() ? "." : directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.is_open() || ::fsync(opened.get()) != 0)
    return system_failed("made safe on disk", directory);
  return {};
}

/// Writes the bytes and the mode of a new file. Its name is not safe yet.
result<void> write_new_file(const path& file, std::string_view text) {
  const descriptor opened(
    ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
  if (!opened.is_open())
    return system_failed("made", file);
  if (!write_all(opened.get(), text) || ::fsync(opened.get()) != 0)
    return system_failed("written", file);
  return {};
}

}  // namespace

result<std::string> read_secret_file(const path& file) {
  // A FIFO would block here for ever without O_NONBLOCK; for regular files it means nothing.
  const descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status{};
  if (!opened.is_open() || ::fstat(opened.get(), &status) != 0)
    return system_failed("read", file);
  if (!S_ISREG(status.st_mode))
    return fail(errc::unavailable, file.string() + ": is no regular file");
  if ((status.st_mode & others) != 0)
    return is_open_to_others(file, status.st_mode, "use a secret", "600");
  std::string text(secret_file_bytes_max + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const auto count = ::read(opened.get(), text.data() + size, text.size() - size);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return system_failed("read", file);
    if (count == 0)
      break;
    size += static_cast<std::size_t>(count);
  }
  if (size > secret_file_bytes_max)
    return fail(errc::unavailable, file.string() + ": is larger than 16 KiB");
  text.resize(size);
  return text;
}

result<void> write_secret_file(const path& file, std::string_view text) {
  const auto draft = path(file).concat(".new");
  ::unlink(draft.c_str());  // left behind by a crash
  if (auto written = write_new_file(draft, text); !written) {
    ::unlink(draft.c_str());
    return written;
  }
  // Unlike rename, link does not replace a file that appeared meanwhile.
  if (::link(draft.c_str(), file.c_str()) != 0) {
    auto failure = system_failed("made", file);
    ::unlink(draft.c_str());
    return failure;
  }
  ::unlink(draft.c_str());
  return sync_directory(file.parent_path());
}

result<void> make_secret_directory(const path& directory) {
  std::error_code code;
  const auto parent = directory.parent_path();
  if (!parent.empty() && !std::filesystem::exists(parent, code))
    if (auto made = make_secret_directory(parent); !made)
      return made;
  if (::mkdir(directory.c_str(), S_IRWXU) == 0)
    return sync_directory(parent);
  if (errno != EEXIST)
    return system_failed("made", directory);
  struct stat status{};
  if (::stat(directory.c_str(), &status) != 0)
    return system_failed("read", directory);
  if (!S_ISDIR(status.st_mode))
    return fail(errc::unavailable, directory.string() + ": is no directory");
  if ((status.st_mode & others_write) != 0)
    return is_open_to_others(directory, status.st_mode, "add keys", "700");
  return {};
}

}  // namespace genesis::auth
