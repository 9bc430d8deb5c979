#include "http/router.hpp"
#include "http/routes/specs.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace genesis::http {
namespace {

using kind = route_match::kind;
constexpr std::string_view some_id = "0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02";

route_spec spec(method verb, std::string_view path) {
  route_spec made;
  made.verb = verb;
  made.path = path;
  return made;
}

/// A router over a few declarations, which it keeps alive.
class Router : public testing::Test {
protected:
  void declare(std::vector<route_spec> specs) {
    specs_ = std::move(specs);
    std::vector<const route_spec*> pointers;
    for (const auto& each : specs_)
      pointers.push_back(&each);
    router_.emplace(pointers);
  }

  route_match match(method verb, std::string_view path) {
    segments_ = *path_segments::parse(path);
    return router_->match(verb, segments_);
  }

  std::vector<route_spec> specs_;
  std::optional<router> router_;
  path_segments segments_ = *path_segments::parse("/");
};

TEST_F(Router, FindsTheDeclarationOfAMethodAndPath) {
  declare({spec(method::get, "/"), spec(method::get, "/a"), spec(method::post, "/a"), spec(method::get, "/a/b")});
  EXPECT_EQ(match(method::get, "/").route, 0u);
  EXPECT_EQ(match(method::get, "/a").route, 1u);
  EXPECT_EQ(match(method::post, "/a").route, 2u);
  EXPECT_EQ(match(method::get, "/a/b").route, 3u);
  EXPECT_EQ(match(method::get, "/a/b").path, "/a/b");
}

TEST_F(Router, FindsNothingBesideOrBetweenDeclaredPaths) {
  declare({spec(method::get, "/a/b/c")});
  for (const char* path : {"/", "/a", "/a/b", "/a/b/c/d", "/a/b/c/", "/a//b/c", "/A/b/c", "/x"})
    EXPECT_EQ(match(method::get, path).what, kind::not_found) << path;
}

TEST_F(Router, PrefersLiteralOverParameter) {
  declare({spec(method::get, "/users/{name}"), spec(method::get, "/users/me")});
  EXPECT_EQ(match(method::get, "/users/me").route, 1u);
  EXPECT_EQ(match(method::get, "/users/you").route, 0u);
  EXPECT_EQ(match(method::get, "/users/you").parameters[0], "you");
  EXPECT_EQ(match(method::get, "/users/").what, kind::not_found);
}

TEST_F(Router, TakesOnlyUuidsWhereIdsAreDeclared) {
  declare({spec(method::get, "/things/{id:uuid}/parts/{part:uuid}"), spec(method::delete_, "/things/{id:uuid}")});
  const auto found =
    match(method::get, "/things/" + std::string{some_id} + "/parts/0198C5A2-8E40-7F1B-8A52-3E7F9C6B2D03");
  EXPECT_EQ(found.what, kind::found);
  EXPECT_EQ(found.id<conversation_id>(0), conversation_id::parse(some_id));
  EXPECT_EQ(to_string(found.id<message_id>(1)), "0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d03");
  for (const auto verb : {method::get, method::delete_, method::put, method::options})
    EXPECT_EQ(match(verb, "/things/7").what, kind::not_found);
}

TEST_F(Router, NamesTheMethodsOfAPath) {
  declare({spec(method::get, "/a"), spec(method::post, "/a"), spec(method::post, "/b")});
  for (const auto verb : {method::put, method::delete_, method::trace, method::connect, method::other}) {
    const auto found = match(verb, "/a");
    EXPECT_EQ(found.what, kind::method_not_allowed);
    EXPECT_EQ(found.allow, "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(found.path, "/a");
  }
  EXPECT_EQ(match(method::get, "/b").allow, "POST, OPTIONS");
}

TEST_F(Router, AnswersHeadWhereverGetIs) {
  declare({spec(method::get, "/a"), spec(method::post, "/b")});
  EXPECT_EQ(match(method::head, "/a").what, kind::found);
  EXPECT_EQ(match(method::head, "/a").route, 0u);
  EXPECT_EQ(match(method::head, "/b").what, kind::method_not_allowed);
}

TEST_F(Router, AnswersOptionsOfEveryPath) {
  declare({spec(method::post, "/b")});
  EXPECT_EQ(match(method::options, "/b").what, kind::options);
  EXPECT_EQ(match(method::options, "/b").allow, "POST, OPTIONS");
  EXPECT_EQ(match(method::options, "/c").what, kind::not_found);
}

TEST_F(Router, RefusesContradictionsAtTheStart) {
  EXPECT_THROW(declare({spec(method::get, "/a"), spec(method::get, "/a")}), std::logic_error);
  EXPECT_THROW(declare({spec(method::get, "/a/{x}"), spec(method::get, "/a/{y}/z")}), std::logic_error);
  EXPECT_THROW(declare({spec(method::get, "/a/{x}"), spec(method::get, "/a/{x:uuid}/z")}), std::logic_error);
  EXPECT_THROW(declare({spec(method::get, "/{a}/{b}/{c}")}), std::logic_error);
}

TEST_F(Router, FindsEveryRouteOfTheProgram) {
  declare(route_specs());
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    std::string path;
    for (const auto segment : segments_of(specs_[i].path)) {
      const auto parameter = parameter_of(segment);
      (path += '/') += parameter.name.empty() ? segment : parameter.is_uuid ? some_id : "some-name";
    }
    const auto found = match(specs_[i].verb, path.empty() ? "/" : path);
    EXPECT_EQ(found.what, kind::found) << specs_[i].path;
    EXPECT_EQ(found.route, i) << specs_[i].path;
    EXPECT_EQ(found.path, specs_[i].path);
  }
}

}  // namespace
}  // namespace genesis::http
