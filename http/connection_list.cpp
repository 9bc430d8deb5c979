#include "http/connection_list.hpp"

#include "actors/failure.hpp"
#include "http/connection.hpp"

namespace genesis::http {

template <class F>
void connection_list::for_each(F work) {
  for (auto it = all_.begin(); it != all_.end();) {
    const auto each = *it++;
    if (!contain("connection", [&] { work(*each); }))
      each->close();
  }
}

void connection_list::sweep(std::chrono::steady_clock::time_point now) {
  for_each([now](connection& each) { each.sweep(now); });
}

void connection_list::close_idle() {
  for_each([](connection& each) { each.close_if_idle(); });
}

void connection_list::end_pending() {
  for_each([](connection& each) { each.end_pending(); });
}

void connection_list::close_all() {
  for_each([](connection& each) { each.close(); });
}

}  // namespace genesis::http
