#pragma once

#include <memory>
#include <string>
#include <string_view>

struct z_stream_s;

namespace genesis::http {

/// Codes a text that comes piece by piece as one gzip member (RFC 1952). Keeps 260 KiB of work space, whatever the
/// length of the text. For one thread at a time.
class gzip_stream {
public:
  /// Throws std::bad_alloc when there is no memory for it.
  gzip_stream();
  ~gzip_stream();
  gzip_stream(const gzip_stream&) = delete;
  gzip_stream& operator=(const gzip_stream&) = delete;

  /// Appends to `out` what can be said by now; the rest comes with later calls, all of it with the one that
  /// `is_last`. None may follow that but behind a `reset`.
  void code(std::string_view text, bool is_last, std::string& out);

  /// Makes ready for another text.
  void reset() noexcept;

private:
  struct end_deflate {
    void operator()(z_stream_s* stream) const noexcept;
  };
  std::unique_ptr<z_stream_s, end_deflate> stream_;
};

}  // namespace genesis::http
