#include "benchmarks/load/response_reader.hpp"

#include <algorithm>
#include <charconv>

namespace genesis::load {

namespace {

constexpr std::size_t head_bytes_max = 64 * 1'024;
constexpr std::size_t line_bytes_max = 8 * 1'024;

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y; });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  return text;
}

}  // namespace

void response_reader::reset() noexcept {
  part_ = part::head;
  head_.clear();
  line_.clear();
  left_ = 0;
  status_ = 0;
  keeps_alive_ = true;
  is_chunked_ = false;
  has_length_ = false;
}

read_step response_reader::feed(std::string_view bytes, std::string* body) {
  while (!bytes.empty()) {
    switch (part_) {
    case part::head: {
      const auto had = head_.size();
      head_ += bytes;
      const auto end = head_.find("\r\n\r\n", had < 3 ? 0 : had - 3);
      if (end == std::string::npos)
        return head_.size() > head_bytes_max ? read_step::malformed : read_step::need_more;
      bytes.remove_prefix(end + 4 - had);
      head_.resize(end + 4);
      if (!take_head())
        return read_step::malformed;
      break;
    }
    case part::length:
    case part::chunk_data: {
      const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
      if (body != nullptr)
        body->append(bytes.substr(0, taken));
      bytes.remove_prefix(taken);
      left_ -= taken;
      if (left_ == 0)
        part_ = part_ == part::length ? part::done : part::chunk_end;
      break;
    }
    case part::until_close:
      if (body != nullptr)
        body->append(bytes);
      return read_step::need_more;
    case part::chunk_size:
      if (!take_line(bytes))
        return line_.size() > line_bytes_max ? read_step::malformed : read_step::need_more;
      if (!take_chunk_size())
        return read_step::malformed;
      break;
    case part::chunk_end:
      if (!take_line(bytes))
        return line_.size() > 2 ? read_step::malformed : read_step::need_more;
      if (!line_.empty())
        return read_step::malformed;
      part_ = part::chunk_size;
      break;
    case part::trailer:
      if (!take_line(bytes))
        return line_.size() > line_bytes_max ? read_step::malformed : read_step::need_more;
      if (line_.empty())
        part_ = part::done;
      line_.clear();
      break;
    case part::done: return read_step::malformed;
    }
  }
  return part_ == part::done ? read_step::complete : read_step::need_more;
}

read_step response_reader::end_of_stream() const noexcept {
  return part_ == part::until_close || part_ == part::done ? read_step::complete : read_step::malformed;
}

/// Moves bytes to the line until it ends. The line then stands without its CR LF.
bool response_reader::take_line(std::string_view& bytes) {
  const auto end = bytes.find('\n');
  line_ += bytes.substr(0, end);
  bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  if (end == std::string_view::npos)
    return false;
  if (line_.ends_with('\r'))
    line_.pop_back();
  return true;
}

bool response_reader::take_chunk_size() {
  const auto [end, fault] = std::from_chars(line_.data(), line_.data() + line_.size(), left_, 16);
  if (fault != std::errc{} || (end != line_.data() + line_.size() && *end != ';' && *end != ' '))
    return false;
  line_.clear();
  part_ = left_ == 0 ? part::trailer : part::chunk_data;
  return true;
}

bool response_reader::take_head() {
  std::string_view rest{head_};
  if (!rest.starts_with("HTTP/1.") || rest.size() < 12)
    return false;
  const auto code = rest.substr(9, 3);
  if (std::from_chars(code.data(), code.data() + 3, status_).ptr != code.data() + 3)
    return false;
  keeps_alive_ = rest[7] != '0';
  rest.remove_prefix(rest.find("\r\n") + 2);
  while (rest.size() > 2) {
    const auto end = rest.find("\r\n");
    take_field(rest.substr(0, end));
    rest.remove_prefix(end + 2);
  }
  if (status_ >= 100 && status_ < 200)
    reset();  // interim: the real head follows
  else if (status_ == 204 || status_ == 304)
    part_ = part::done;
  else if (is_chunked_)
    part_ = part::chunk_size;
  else if (has_length_)
    part_ = left_ == 0 ? part::done : part::length;
  else
    part_ = part::until_close;
  return true;
}

void response_reader::take_field(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos)
    return;
  const auto name = line.substr(0, colon);
  const auto value = trimmed(line.substr(colon + 1));
  if (equals_ignoring_case(name, "content-length")) {
    has_length_ = std::from_chars(value.data(), value.data() + value.size(), left_).ec == std::errc{};
  } else if (equals_ignoring_case(name, "transfer-encoding")) {
    is_chunked_ = equals_ignoring_case(value, "chunked");
  } else if (equals_ignoring_case(name, "connection")) {
    keeps_alive_ = !equals_ignoring_case(value, "close");
  }
}

}  // namespace genesis::load
