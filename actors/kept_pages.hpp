#pragma once

#include "actors/kept_page.hpp"
#include "actors/list_key.hpp"
#include "actors/page_change.hpp"
#include "storage/mutations.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace genesis {

/// All pages of a person may take so much memory together, as `kept_page::bytes` counts: a page of a hundred
/// conversations, one of twenty measurements, and two of twenty short messages.
inline constexpr std::size_t kept_bytes_max = std::size_t{32} * 1'024;
/// One page may take so much. Above it is what is long to read as well: the database is the smaller part of that, and
/// it would displace what is asked for more often.
inline constexpr std::size_t kept_page_bytes_max = kept_bytes_max / 2;
/// Pages of a person: one of each kind, and of the lists that there are several of those used last.
inline constexpr std::size_t kept_pages_max = 10;

/// First pages of a person's lists, those used last first. Owned by the person's `user_state`, which sees to it that
/// they say what storage would:
/// a page is kept only if nothing was written since storage was asked for it, and is told every change when that is
/// durable.
class kept_pages {
public:
  /// What storage would answer about the list, when that is known here.
  template <class T>
  std::optional<page<T>> find(const list_key<T>& key, const page_query& query);

  /// Likewise, and it does not count as a use of the list.
  template <class T>
  [[nodiscard]] std::optional<page<T>> look(const list_key<T>& key, const page_query& query) const;

  /// Keeps what storage has answered, unless it is no first page or too large.
  template <class T>
  void keep(const list_key<T>& key, const page_query& query, const page<T>& found);

  /// What mutations that are about to be written will change of what is kept.
  [[nodiscard]] std::vector<page_change> changes_in(std::span<const storage::mutation> mutations) const;

  /// The mutations are durable.
  void apply(std::span<const page_change> changes);

  [[nodiscard]] std::size_t size() const noexcept { return lists_.size(); }
  [[nodiscard]] std::size_t bytes() const noexcept;

private:
  template <class T>
  struct kept_list {
    list_key<T> key;
    kept_page<T> first;
  };
  using any_list = std::variant<kept_list<conversation>, kept_list<message>, kept_list<progress_record>,
    kept_list<workout_plan>, kept_list<nutrition_plan>, kept_list<nutrition_log>>;

  class reader_of_mutations;

  /// What a list that is kept answers when it is the one with this key.
  template <class T>
  static std::optional<page<T>> answer_of(const any_list& list, const list_key<T>& key, const page_query& query);
  /// From the list of all measurements, when that is kept to its end.
  std::optional<page<progress_record>> find_of_metric(progress_metric metric, const page_query& query);
  template <class T>
  [[nodiscard]] bool has_list_of(const T& item) const;
  template <class T>
  [[nodiscard]] bool has_any() const;
  /// Each page of the kind takes part in a change; those that are uncertain after it go.
  template <class T, class Change>
  void change_lists(Change&& stays_certain);
  template <class T>
  void change(const T& put);
  template <class T>
  void change(const removed_item<T>& removed);
  void make_room();

  std::vector<any_list> lists_;
};

}  // namespace genesis
