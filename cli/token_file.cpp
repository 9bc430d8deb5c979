#include "cli/token_file.hpp"

#include "cli/errno_text.hpp"

#include <boost/json/serialize.hpp>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace genesis::cli {

result<token_file> token_file::open(const std::filesystem::path& file) {
  const auto failed = [&] {
    return fail(errc::unavailable, "cannot write " + file.string() + ": " + errno_text(errno));
  };
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made < 0 && errno == EEXIST)
    return fail(errc::conflict, file.string() + " exists already: name a file that does not");
  if (made < 0)
    return failed();
  ::close(made);
  std::ofstream out{file, std::ios::app};
  if (!out)
    return failed();
  return token_file{file, std::move(out)};
}

result<void> token_file::append(const boost::json::array& people) {
  for (const auto& each : people)
    out_ << boost::json::serialize(each) << '\n';
  out_.flush();
  if (!out_)
    return fail(errc::unavailable, "cannot write " + file_.string() + "; is the disk full?");
  return {};
}

}  // namespace genesis::cli
