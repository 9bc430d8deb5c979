#include "auth/sealing_key.hpp"
#include "storage/cached_value.hpp"
#include "storage/redis_reply.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace genesis::fuzz {

/// What comes back from the second cache: a sealed entry, what is in one, and what a server says on its connection.
void fuzz(std::string_view input) {
  static const auth::sealing_key key{{1, 2, 3}};
  require(!key.unseal(input, "about"), "nothing opens that was not sealed");
  storage::value_writer layout;
  layout(storage::cached<storage::user_snapshot>::layout());
  if (const auto snapshot = storage::from_cached<storage::user_snapshot>(layout.take() + std::string{input})) {
    const auto again = storage::from_cached<storage::user_snapshot>(storage::to_cached(*snapshot));
    require(again && again->person.email == snapshot->person.email && again->version == snapshot->version &&
              again->sessions == snapshot->sessions && again->api_keys == snapshot->api_keys,
      "what was read is written and read as the same");
  }
  // The same answers, however the bytes are split.
  storage::redis_reply_reader whole;
  storage::redis_reply_reader split;
  std::size_t of_whole = 0;
  std::size_t of_split = 0;
  const auto count = [](storage::redis_reply_reader& reader, std::size_t& answers) {
    auto next = reader.next();
    for (; next && *next; next = reader.next())
      ++answers;
    return next.has_value();
  };
  bool goes_on = whole.feed(input) && count(whole, of_whole);
  for (std::size_t at = 0; at < input.size(); ++at)
    if (!split.feed(input.substr(at, 1)) || !count(split, of_split)) {
      require(!goes_on, "both readers give up");
      return;
    }
  require(of_whole == of_split && goes_on, "both readers see the same answers");
}

}  // namespace genesis::fuzz
