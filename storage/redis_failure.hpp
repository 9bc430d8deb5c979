#pragma once

#include "domain/text_enum.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace genesis::storage {

/// Why a question to Redis came to nothing. The names are labels of a metric.
enum class redis_failure : std::uint8_t {
  late,     ///< No answer in time.
  lost,     ///< A connection, or an attempt to make one.
  refused,  ///< Redis answered with an error, or with something else than what was asked for.
  unsent,   ///< There was no connection, or too much was waiting.
};

}  // namespace genesis::storage

template <>
inline constexpr auto genesis::enum_names<genesis::storage::redis_failure> = std::array{
  std::pair{genesis::storage::redis_failure::late, std::string_view{"late"}},
  std::pair{genesis::storage::redis_failure::lost, std::string_view{"lost"}},
  std::pair{genesis::storage::redis_failure::refused, std::string_view{"refused"}},
  std::pair{genesis::storage::redis_failure::unsent, std::string_view{"unsent"}},
};
