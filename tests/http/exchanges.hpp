#pragma once

#include "http/exchange.hpp"
#include "http/request_parser.hpp"

#include <gtest/gtest.h>

#include <string>

namespace genesis::http::testing {

/// A request of which only the head matters: method, path and further fields, each with its CR LF.
inline exchange exchange_of(const std::string& verb, const std::string& fields = {}, const std::string& path = "/") {
  request_parser parser;
  EXPECT_EQ(parser.feed(verb + ' ' + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n"), parse_step::complete);
  exchange request;
  request.head = parser.take_head();
  request.request_id = "id";
  return request;
}

inline body_ptr text_of(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

}  // namespace genesis::http::testing
