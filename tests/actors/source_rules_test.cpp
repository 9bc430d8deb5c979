#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

// Rules of the source that no compiler checks. Each has a small function, a test that the function sees a breach, and a
// test over all files.

namespace genesis {

namespace {

namespace fs = std::filesystem;

const fs::path root = GENESIS_SOURCE_DIR;

std::string text_of(const fs::path& file) {
  std::ifstream in{file};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<fs::path> sources_of(const std::string& folder) {
  std::vector<fs::path> found;
  for (const auto& each : fs::recursive_directory_iterator{root / folder})
    if (each.path().extension() == ".cpp" || each.path().extension() == ".hpp")
      found.push_back(each.path());
  return found;
}

/// The code without comments and without what stands in quotes; lines stay where they are.
std::string code_of(const std::string& text) {
  std::string code;
  enum class place { plain, line_comment, comment, string, character } where = place::plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    switch (where) {
    case place::plain:
      if (c == '/' && next == '/') {
        where = place::line_comment;
      } else if (c == '/' && next == '*') {
        where = place::comment;
        ++i;
      } else if (c == 'R' && next == '"') {  // a raw string, up to its own end
        const auto open = text.find('(', i);
        const auto end = text.find(")" + text.substr(i + 2, open - i - 2) + "\"", open);
        if (open == std::string::npos || end == std::string::npos)
          return code;
        for (auto j = i; j < end; ++j)
          if (text[j] == '\n')
            code += '\n';
        i = text.find('"', end);
        code += "\"\"";
      } else {
        code += c;
        if (c == '"')
          where = place::string;
        else if (c == '\'' && !(i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1]))))
          where = place::character;
      }
      break;
    case place::line_comment:
      if (c == '\n') {
        code += c;
        where = place::plain;
      }
      break;
    case place::comment:
      if (c == '\n')
        code += c;
      if (c == '*' && next == '/') {
        where = place::plain;
        ++i;
      }
      break;
    case place::string:
    case place::character:
      if (c == '\\') {
        ++i;
      } else if (c == (where == place::string ? '"' : '\'')) {
        code += c;
        where = place::plain;
      }
      break;
    }
  }
  return code;
}

std::size_t line_of(const std::string& code, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::count(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

/// Lines on which the pattern is found.
std::vector<std::size_t> lines_with(const std::string& code, const std::regex& pattern) {
  std::vector<std::size_t> lines;
  for (std::sregex_iterator it{code.begin(), code.end(), pattern}, end; it != end; ++it)
    lines.push_back(line_of(code, static_cast<std::size_t>(it->position())));
  return lines;
}

/// Lines of `.then(` calls with a single argument: an error would end the asking actor.
std::vector<std::size_t> lines_with_lonely_then(const std::string& code) {
  std::vector<std::size_t> lines;
  for (auto at = code.find(".then("); at != std::string::npos; at = code.find(".then(", at + 1)) {
    int depth = 0;
    int arguments = 1;
    for (auto i = at + 5; i < code.size(); ++i) {
      const char c = code[i];
      if (c == '(' || c == '{' || c == '[')
        ++depth;
      else if (c == ')' || c == '}' || c == ']')
        --depth;
      else if (c == ',' && depth == 1)
        ++arguments;
      if (depth == 0)
        break;
    }
    if (arguments == 1)
      lines.push_back(line_of(code, at));
  }
  return lines;
}

/// Names of actors' states that have no constructor of their own: CAF would fill an aggregate's first member with
/// the actor.
std::vector<std::string> states_without_constructor(const std::string& code) {
  static const std::regex declared{R"((?:class|struct)\s+(\w+_state)\b[^;{(]*\{)"};
  std::vector<std::string> found;
  for (std::sregex_iterator it{code.begin(), code.end(), declared}, end; it != end; ++it) {
    const std::string name = (*it)[1];
    if (!std::regex_search(code, std::regex{R"(stateful_\w+<(\w+::)*)" + name + ">"}))
      continue;  // a state of something else
    const auto begin = static_cast<std::size_t>(it->position() + it->length());
    const auto body = code.substr(begin, code.find("\n};", begin) - begin);
    if (!std::regex_search(body, std::regex{"explicit\\s+" + name + R"(\s*\()"}))
      found.push_back(name);
  }
  return found;
}

/// What a folder's files may include of ours.
const std::map<std::string, std::set<std::string>> allowed_includes{
  {"domain", {"domain"}},
  {"config", {"config"}},
  {"auth", {"auth", "domain", "config"}},
  {"storage", {"storage", "domain", "config"}},
  {"actors", {"actors", "storage", "auth", "domain", "config"}},
  {"http", {"http", "actors", "auth", "domain", "config"}},
  {"cli", {"cli", "http", "actors", "storage", "auth", "domain", "config"}},
};

/// Includes that point the wrong way.
std::vector<std::string> wrong_includes(const std::string& text, const std::string& folder) {
  static const std::regex include{R"rx(#include\s+"(\w+)/([^"]+)")rx"};
  std::vector<std::string> found;
  for (std::sregex_iterator it{text.begin(), text.end(), include}, end; it != end; ++it) {
    const std::string of = (*it)[1];
    if (allowed_includes.contains(of) && !allowed_includes.at(folder).contains(of))
      found.push_back(of + "/" + (*it)[2].str());
  }
  return found;
}

struct forbidden {
  const char* what;
  std::regex pattern;
};

const std::vector<forbidden>& forbidden_in_actors() {
  static const std::vector<forbidden> all{
    {"a lock", std::regex{R"(\bstd::(recursive_|shared_|timed_|recursive_timed_|shared_timed_)?mutex\b)"}},
    {"a lock",
      std::regex{R"(\bstd::(lock_guard|unique_lock|scoped_lock|shared_lock|condition_variable\w*|once_flag)\b)"}},
    {"a lock", std::regex{R"(\bpthread_(mutex|rwlock|spin|cond)_)"}},
    {"a wait without end", std::regex{R"(\bcaf::infinite\b)"}},
    {"await, which blocks all other mail", std::regex{R"(\.await\s*\()"}},
    {"a receive timeout, which nothing cancels",
      std::regex{R"((\bcaf::|[\s,{(])after\s*\(\s*(caf::|std::chrono|std::))"}},
  };
  return all;
}

}  // namespace

TEST(SourceRules, SeeABreachWhereThereIsOne) {
  EXPECT_EQ(code_of("a /* std::mutex */ b // std::mutex\n\"std::mutex\" c"), "a  b \n\"\" c");
  EXPECT_EQ(code_of("x = R\"(caf::infinite)\"; y = 1'000; z = 'q';"), "x = \"\"; y = 1'000; z = '';");
  const auto is_forbidden = [](const std::string& code) {
    for (const auto& each : forbidden_in_actors())
      if (!lines_with(code, each.pattern).empty())
        return true;
    return false;
  };
  for (const auto* bad : {"std::mutex m;", "std::scoped_lock lock{m};", "std::shared_mutex m;",
         "pthread_mutex_lock(&m);", "self->request(x, caf::infinite, y)", "r.await([] {});",
         "return {caf::after(std::chrono::seconds{1}) >> f};", " after(std::chrono::seconds{1}) >> f"})
    EXPECT_TRUE(is_forbidden(bad)) << bad;
  for (const auto* good : {"events_after(seq)", "what.after(3)", "std::move(x)", "awaiting_.push_back(x)"})
    EXPECT_FALSE(is_forbidden(good)) << good;
}

TEST(SourceRules, SeeALonelyThen) {
  EXPECT_EQ(lines_with_lonely_then("\nself->request(a, b, c).then([](int a, int b) { f(a, b); });").size(), 1u);
  EXPECT_TRUE(lines_with_lonely_then("x.then([](int) {}, [](const caf::error&) {});").empty());
}

TEST(SourceRules, SeeAStateWithoutAConstructor) {
  EXPECT_EQ(
    states_without_constructor("struct bad_state {\n  bool x = false;\n};\ncaf::stateful_actor<bad_state>* x;").size(),
    1u);
  EXPECT_TRUE(states_without_constructor(
    "class good_state {\n  using pointer = a::stateful_pointer<good_state>;\n  explicit good_state(pointer self);\n};")
      .empty());
  EXPECT_TRUE(states_without_constructor("class declared_state;").empty());
}

TEST(SourceRules, SeeAnIncludeThatPointsTheWrongWay) {
  EXPECT_EQ(wrong_includes("#include \"storage/store.hpp\"\n", "http"), std::vector<std::string>{"storage/store.hpp"});
  EXPECT_EQ(wrong_includes("#include \"actors/messages.hpp\"\n", "domain").size(), 1u);
  EXPECT_TRUE(wrong_includes("#include \"domain/user.hpp\"\n#include <storage/x>\n", "auth").empty());
}

TEST(SourceRules, ActorsAndHttpUseNothingThatBlocksOrWaitsForEver) {
  for (const auto* folder : {"actors", "http"}) {
    for (const auto& file : sources_of(folder)) {
      const auto code = code_of(text_of(file));
      for (const auto& each : forbidden_in_actors())
        for (const auto line : lines_with(code, each.pattern))
          ADD_FAILURE() << file.string() << ":" << line << ": " << each.what;
      for (const auto line : lines_with_lonely_then(code))
        ADD_FAILURE() << file.string() << ":" << line << ": .then without an error handler";
    }
  }
}

TEST(SourceRules, StatesOfActorsHaveConstructors) {
  std::size_t states = 0;
  for (const auto* folder : {"actors", "http"}) {
    for (const auto& file : sources_of(folder)) {
      const auto code = code_of(text_of(file));
      states += lines_with(code, std::regex{R"(explicit\s+\w+_state\s*\()"}).size();
      for (const auto& name : states_without_constructor(code))
        ADD_FAILURE() << file.string() << ": " << name << " has no explicit constructor";
    }
  }
  EXPECT_GE(states, 6u) << "the pattern no longer finds the states";
}

TEST(SourceRules, IncludesPointOneWay) {
  std::size_t files = 0;
  for (const auto& [folder, allowed] : allowed_includes) {
    for (const auto& file : sources_of(folder)) {
      ++files;
      for (const auto& wrong : wrong_includes(text_of(file), folder))
        ADD_FAILURE() << file.string() << " includes " << wrong;
    }
  }
  EXPECT_GE(files, 100u) << "the folders are no longer where they were";
}

}  // namespace genesis
