#pragma once

#include "domain/message.hpp"
#include "domain/nutrition_log.hpp"
#include "domain/page.hpp"
#include "domain/progress.hpp"
#include "domain/search.hpp"

/// Where things stand in the lists that show them. Storage sorts by the same keys, and ids of equal keys as their
/// bytes.
namespace genesis {

/// Most lists are in the order of making.
template <class Item>
  requires requires(const Item& item) {
    item.created_at.time_since_epoch();
    item.id.value;
  }
list_position position_of(const Item& item) {
  return {item.created_at.time_since_epoch().count(), item.id.value};
}

/// Of a conversation: by number.
inline list_position position_of(const message& item) {
  return {item.seq, item.id.value};
}

inline list_position position_of(const found_message& item) {
  return {item.score, item.message.id.value};
}

inline list_position position_of(const progress_record& item) {
  return {item.recorded_at.time_since_epoch().count(), item.id.value};
}

inline list_position position_of(const nutrition_log& item) {
  return {day_number(item.log_date), item.id.value};
}

}  // namespace genesis
