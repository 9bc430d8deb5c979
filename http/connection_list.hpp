#pragma once

#include "http/connection_places.hpp"

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

  /// Every connection has taken a place, which it gives back when it is removed, or told to have come for nothing.
  explicit connection_list(std::shared_ptr<connection_places> places) : places_(std::move(places)) {}

  entries::iterator add(std::shared_ptr<connection> each) { return all_.insert(all_.end(), std::move(each)); }
  void remove(entries::iterator where) {
    all_.erase(where);
    places_->give_back();
  }
  void remove_unlisted() noexcept { places_->give_back(); }
  [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }

  /// Ends or nudges what has waited too long.
  void sweep(std::chrono::steady_clock::time_point now);
  /// Closes idle connections; the others close after their answer.
  void close_idle();
  /// Refuses what has begun and has no answer yet.
  void end_pending();
  void close_all();

  /// Connections over the cap of their address that are being told so. Beyond a few they are closed without a word:
  /// whoever is refused must not fill the places of those who are served.
  std::size_t being_refused = 0;

private:
  /// A connection that ends meanwhile takes itself off the list.
  template <class F>
  void for_each(F work);

  std::shared_ptr<connection_places> places_;
  entries all_;
};

}  // namespace genesis::http
