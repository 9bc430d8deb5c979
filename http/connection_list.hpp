#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>

namespace genesis::http {

class connection;

/// Owns the connections of one I/O thread; one timer watches all their deadlines.
class connection_list {
public:
  using entries = std::list<std::shared_ptr<connection>>;

  entries::iterator add(std::shared_ptr<connection> each) { return all_.insert(all_.end(), std::move(each)); }
  void remove(entries::iterator where) { all_.erase(where); }
  [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }

  /// Ends or nudges what has waited too long.
  void sweep(std::chrono::steady_clock::time_point now);
  /// Closes idle connections; the others close after their answer.
  void close_idle();
  /// Refuses what has no answer yet.
  void end_pending();
  void close_all();

private:
  /// A connection that ends meanwhile takes itself off the list.
  template <class F>
  void for_each(F work);

  entries all_;
};

}  // namespace genesis::http
