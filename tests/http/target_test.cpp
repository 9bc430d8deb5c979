#include "http/target.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

using namespace std::string_literals;

std::vector<std::string> segments_of(std::string_view path) {
  const auto segments = path_segments::parse(path);
  EXPECT_TRUE(segments) << path;
  std::vector<std::string> texts;
  for (std::size_t i = 0; segments && i < segments->size(); ++i)
    texts.emplace_back((*segments)[i]);
  return texts;
}

using texts = std::vector<std::string>;

TEST(Rfc9112, SplitsOriginTargets) {
  const auto parts = split_target(method::get, "/a/b?c=d?e");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->form, target_form::origin);
  EXPECT_EQ(parts->path, "/a/b");
  EXPECT_EQ(parts->query, "c=d?e");
  EXPECT_EQ(parts->authority, "");
}

TEST(Rfc9112, SplitsAbsoluteTargets) {
  const auto parts = split_target(method::get, "HTTP://example.org:80/a?b");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->form, target_form::absolute);
  EXPECT_EQ(parts->authority, "example.org:80");
  EXPECT_EQ(parts->path, "/a");
  EXPECT_EQ(parts->query, "b");
  const auto bare = split_target(method::get, "https://[::1]?b");
  ASSERT_TRUE(bare);
  EXPECT_EQ(bare->authority, "[::1]");
  EXPECT_EQ(bare->path, "");
  EXPECT_EQ(bare->query, "b");
}

TEST(Rfc9112, RejectsTargetsWithoutAForm) {
  for (const auto* target :
    {"", "a", "a/b", "*", "**", "?a", "#", "/#", "/a#b", "/a?b#c", "/a\"b", "/a<b>", "/a\\b", "/\xc3\xa9", "/a|b",
      "/?\xc3\xa9", "/?\"", "http:/a", "http://", "http:///a", "http://user@a/", "http://a b/", "http://a:99999/",
      "ftp://a/", "file:///a", "urn:a:b", "://a/", "http://a/#b", "http://[::1/", "example.org:80"})
    EXPECT_FALSE(split_target(method::get, target)) << target;
}

TEST(Rfc9112, AllowsInQueriesWhatBrowsersLeaveUnencoded) {
  EXPECT_TRUE(split_target(method::get, "/?a[0]={x}|y^z`\\"));
}

TEST(Rfc9112, TakesAuthorityTargetsForConnectAlone) {
  for (const auto* target : {"example.org:443", "[::1]:443", "127.0.0.1:1"})
    EXPECT_TRUE(split_target(method::connect, target)) << target;
  for (const auto* target : {"example.org", "example.org:", "[::1]", "/", "*", "http://a/", ":443", "a:b:1"})
    EXPECT_FALSE(split_target(method::connect, target)) << target;
}

TEST(Rfc3986, KnowsAuthorities) {
  for (const auto* text : {"a", "example.org", "127.0.0.1:8080", "a:", "a:0", "a:65535", "[::]", "[fe80::1]:80",
         "[::ffff:1.2.3.4]", "xn--bcher-kva.example", "a_b", "a%20b"})
    EXPECT_TRUE(is_authority(text)) << text;
  for (const auto* text :
    {"", ":", ":80", "a:65536", "a:99999999999", "a:-1", "a:+1", "a:1x", "a b", "a/b", "a?b", "a#b", "u@a", "[]", "[:]",
      "[::1", "::1", "[::1]x", "[::g]", "[::1]:x", "[v1.a]", "a%2", "a%zz", "a,b:c", "\xc3\xa9"})
    EXPECT_FALSE(is_authority(text)) << text;
}

TEST(PathSegments, AreSplitAtSlashes) {
  EXPECT_EQ(segments_of("/"), texts{});
  EXPECT_EQ(segments_of("/a"), texts{"a"});
  EXPECT_EQ(segments_of("/api/v1/users/me"), (texts{"api", "v1", "users", "me"}));
  EXPECT_EQ(segments_of("/a/"), (texts{"a", ""}));
  EXPECT_EQ(segments_of("//a"), (texts{"", "a"}));
  EXPECT_EQ(segments_of("*"), texts{});
  EXPECT_EQ(segments_of(""), texts{});
}

TEST(PathSegments, AreDecodedOnce) {
  EXPECT_EQ(segments_of("/%61b%63"), texts{"abc"});
  EXPECT_EQ(segments_of("/a%2541"), texts{"a%41"});
  EXPECT_EQ(segments_of("/a+b"), texts{"a+b"}) << "a plus is a plus in a path";
  EXPECT_EQ(segments_of("/%C3%a9/x"), (texts{"\xc3\xa9", "x"}));
  EXPECT_EQ(segments_of("/..."), texts{"..."});
  EXPECT_EQ(segments_of("/.well-known/jwks.json"), (texts{".well-known", "jwks.json"}));
}

TEST(PathSegments, RefuseBadEscapesAndControlCharacters) {
  for (const auto* path : {"/%", "/%2", "/%zz", "/%2g", "/a%", "/%/a", "/%00", "/%0a", "/%1f", "/%7F"}) {
    const auto segments = path_segments::parse(path);
    ASSERT_FALSE(segments) << path;
    EXPECT_EQ(segments.error(), parse_fault::bad_escape) << path;
  }
}

TEST(PathSegments, RefuseWhatAProxyMightResolve) {
  for (const auto* path : {"/a%2Fb", "/a%2fb", "/a%5Cb", "/a%5cb", "/.", "/..", "/a/..", "/a/./b", "/a/../b", "/%2e",
         "/%2e%2E/a", "/.%2e", "/a/.%2e/b"}) {
    const auto segments = path_segments::parse(path);
    ASSERT_FALSE(segments) << path;
    EXPECT_EQ(segments.error(), parse_fault::ambiguous_path) << path;
  }
}

TEST(PlainTarget, IsTheSameForEverySpelling) {
  const auto plain = [](const std::string& target) {
    const auto parts = split_target(method::post, target);
    return plain_target(path_segments::parse(parts->path).value(), parts->query);
  };
  for (const auto* target : {"/", "/api/v1/progress", "/a/", "/a//b", "/a?x=1&y=a+b", "/a?x=%26%2B%C3%a9", "/a??"})
    EXPECT_EQ(plain(target), target) << "spelt plainly already";
  for (const auto* target : {"http://a/api/v1/chat", "/api/v1/ch%61t", "/%61pi/v1/chat?", "https://b:1/api/v1/chat?"})
    EXPECT_EQ(plain(target), "/api/v1/chat");
  EXPECT_EQ(plain("http://a"), "/");
  EXPECT_EQ(plain("/a?%66ormat=%6ed%2dj%26"), "/a?format=nd-j%26");
}

TEST(QueryParameters, AreFoundByTheirDecodedName) {
  const auto query = query_parameters::parse("limit=20&after=a%2Bb+c&flag&empty=&a=b=c&l%69ne=1&limit=30&&=x");
  ASSERT_TRUE(query);
  EXPECT_EQ(query->find("limit"), "20");
  EXPECT_EQ(query->count("limit"), 2U);
  EXPECT_EQ(query->find("after"), "a+b c");
  EXPECT_EQ(query->find("flag"), "");
  EXPECT_EQ(query->find("empty"), "");
  EXPECT_EQ(query->find("a"), "b=c");
  EXPECT_EQ(query->find("line"), "1");
  EXPECT_EQ(query->find("lim"), std::nullopt);
  EXPECT_EQ(query->find(""), "x");
  EXPECT_EQ(query->count("other"), 0U);
}

TEST(QueryParameters, MayBeEmpty) {
  const auto query = query_parameters::parse("");
  ASSERT_TRUE(query);
  EXPECT_TRUE(query->empty());
  EXPECT_EQ(query->find("a"), std::nullopt);
  EXPECT_FALSE(query_parameters::parse("a")->empty());
}

TEST(QueryParameters, RefuseBadEscapesAnywhereAndNul) {
  for (const auto* query : {"%", "a=%", "a=%4", "a=%4x", "%zz=1", "a=1&b=%", "a=%00"}) {
    const auto parameters = query_parameters::parse(query);
    ASSERT_FALSE(parameters) << query;
    EXPECT_EQ(parameters.error(), parse_fault::bad_escape);
    EXPECT_FALSE(query_parameters::is_sound(query)) << query;
  }
}

}  // namespace
}  // namespace genesis::http
