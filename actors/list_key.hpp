#pragma once

#include "domain/conversation.hpp"
#include "domain/message.hpp"
#include "domain/progress.hpp"

#include <optional>
#include <variant>

namespace genesis {

/// What a person's lists of a kind differ by, and what that says about their items. Of most kinds there is one list.
template <class T>
struct list_traits {
  using key_type = std::monostate;
  static constexpr bool may_leave = false;  ///< Whether an item's change can take it out of its list.
  static bool holds(key_type, const T&) noexcept { return true; }
};
/// Those that are not archived: the list that is shown unless another is asked for.
template <>
struct list_traits<conversation> {
  using key_type = std::monostate;
  static constexpr bool may_leave = true;
  static bool holds(key_type, const conversation& item) noexcept { return !item.is_archived; }
};
/// Of one conversation.
template <>
struct list_traits<message> {
  using key_type = conversation_id;
  static constexpr bool may_leave = false;
  static bool holds(const key_type& key, const message& item) noexcept { return item.conversation == key; }
};
/// Of one metric, or of all; a record keeps its metric.
template <>
struct list_traits<progress_record> {
  using key_type = std::optional<progress_metric>;
  static constexpr bool may_leave = false;
  static bool holds(key_type key, const progress_record& item) noexcept { return !key || item.metric == *key; }
};

template <class T>
using list_key = typename list_traits<T>::key_type;

}  // namespace genesis
