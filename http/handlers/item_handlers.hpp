#pragma once

#include "http/bodies.hpp"
#include "http/handlers/handlers.hpp"
#include "http/queries.hpp"

/// What answers the routes of measurements, plans and the food diary, as far as they are the same for each.
namespace genesis::http {

/// How the body of a route is read.
template <class T>
using body_reader = accepted<T> (*)(std::string_view body, timestamp now);

template <class T, body_reader<T> Read>
void add_item(front_state& front, const exchange_ptr& request) {
  std::optional<idempotency_key> key;
  if (!read_idempotency_key(front, request, key))
    return;
  front.read_body<T>(request, Read,
    [&front, request, key](T& body) { relay(front, request, create_item<T>{request->who.by, std::move(body), key}); });
}

template <class T>
void show_item(front_state& front, const exchange_ptr& request) {
  relay(front, request, get_item<T>{request->who.by, request->match.id<decltype(T::id)>()});
}

template <class T, body_reader<item_change<T>> Read>
void change_item(front_state& front, const exchange_ptr& request) {
  std::optional<precondition> condition;
  if (!read_preconditions(front, request, condition))
    return;
  front.read_body<item_change<T>>(request, Read, [&front, request, condition](item_change<T>& body) {
    relay(front, request,
      patch_item<T>{request->who.by, request->match.id<decltype(T::id)>(), std::move(body.changes), condition,
        std::move(body.faults)});
  });
}

template <class T>
void remove_item(front_state& front, const exchange_ptr& request) {
  std::optional<precondition> condition;
  if (read_preconditions(front, request, condition))
    relay(front, request, delete_item<T>{request->who.by, request->match.id<decltype(T::id)>(), condition});
}

template <class Plan, accepted<plans_query> (*Read)(const query_parameters&)>
void list_plans(front_state& front, const exchange_ptr& request) {
  const auto query = read_query<plans_query>(front, request, Read);
  if (!query)
    return;
  front.ask_owner<page<Plan>>(request,
    get_plans<Plan>{request->who.by, query->only_active, query->from, query->until, query->page},
    [&front, request](page<Plan>& found) { answer_list(front, request, found); });
}

}  // namespace genesis::http
