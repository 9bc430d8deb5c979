#include "http/export_writers.hpp"

#include "domain/ensure.hpp"
#include "http/csv_writer.hpp"
#include "http/gzip_stream.hpp"
#include "http/object_json.hpp"

#include <optional>

namespace genesis::http {

namespace {

/// What is left of the body to be taken, plain until then.
class body_writer : public export_writer {
public:
  explicit body_writer(bool is_gzip) {
    if (is_gzip)
      coder_.emplace();
  }

  std::vector<body_ptr> take() final {
    std::string body;
    if (coder_)
      coder_->code(text_, is_ended_, body);
    else
      body.swap(text_);
    text_.clear();
    std::vector<body_ptr> pieces;
    if (body.size() <= export_piece_bytes_max) {
      if (!body.empty())
        pieces.push_back(std::make_shared<const std::string>(std::move(body)));
      return pieces;
    }
    for (std::size_t at = 0; at < body.size(); at += export_piece_bytes_max)
      pieces.push_back(std::make_shared<const std::string>(body, at, export_piece_bytes_max));
    return pieces;
  }

protected:
  std::string& text() noexcept { return text_; }
  void note_end() noexcept { is_ended_ = true; }

private:
  std::string text_;
  std::optional<gzip_stream> coder_;
  bool is_ended_ = false;
};

class ndjson_writer final : public body_writer {
public:
  explicit ndjson_writer(const export_form& form) : body_writer(form.is_gzip), has_types_(form.is_everything) {}

  void add(const user& what) override { add_line("profile", what); }
  void add(const preferences& what) override { add_line("preferences", what); }
  void add(const session& what, const session_id& current) override {
    add_line("session", seen_session{what, current});
  }
  void add(const api_key& what) override { add_line("api_key", what); }
  void add(const conversation& what) override { add_line("conversation", what); }
  void add(const message& what) override { add_line("message", what); }
  void add(const run& what) override { add_line("run", what); }
  void add(const progress_record& what) override { add_line("progress", what); }
  void add(const workout_plan& what) override { add_line("workout_plan", what); }
  void add(const nutrition_plan& what) override { add_line("nutrition_plan", what); }
  void add(const nutrition_log& what) override { add_line("nutrition_log", what); }

  void end() override {
    if (has_types_)
      line([&](json_writer& json) { json.member("type", "end").member("lines", lines_); });
    note_end();
  }

private:
  template <class Fill>
  void line(Fill&& fill) {
    json_writer json{text()};
    json.begin_object();
    fill(json);
    json.end_object();
    text() += '\n';
  }
  template <class Object>
  void add_line(std::string_view type, const Object& what) {
    line([&](json_writer& json) {
      if (has_types_)
        json.member("type", type);
      write(json, what);
    });
    ++lines_;
  }

  bool has_types_;
  std::int64_t lines_ = 0;
};

/// Messages as records.
class csv_messages_writer final : public body_writer {
public:
  explicit csv_messages_writer(const export_form& form) : body_writer(form.is_gzip) {
    csv_writer csv{text()};
    for (const auto* name : {"id", "conversation_id", "seq", "role", "agent", "content", "status", "run_id",
           "artifacts", "metadata", "created_at", "updated_at", "revision"})
      csv.value(name);
    csv.end_record();
  }

  void add(const message& what) override {
    csv_writer csv{text()};
    csv.value(to_string(what.id)).value(to_string(what.conversation)).value(std::to_string(what.seq));
    csv.value(name_of(what.role)).value(what.agent ? name_of(*what.agent) : std::string_view{}).text(what.content);
    csv.value(name_of(what.status)).value(what.run ? to_string(*what.run) : std::string{});
    csv.value(what.artifacts_json).value(what.metadata_json);
    csv.value(to_rfc3339(what.created_at)).value(to_rfc3339(what.updated_at)).value(std::to_string(what.revision));
    csv.end_record();
  }
  void end() override { note_end(); }

  void add(const user&) override { refuse(); }
  void add(const preferences&) override { refuse(); }
  void add(const session&, const session_id&) override { refuse(); }
  void add(const api_key&) override { refuse(); }
  void add(const conversation&) override { refuse(); }
  void add(const run&) override { refuse(); }
  void add(const progress_record&) override { refuse(); }
  void add(const workout_plan&) override { refuse(); }
  void add(const nutrition_plan&) override { refuse(); }
  void add(const nutrition_log&) override { refuse(); }

private:
  static void refuse() { ensure(false, "records of CSV are messages"); }
};

}  // namespace

std::unique_ptr<export_writer> make_export_writer(const export_form& form) {
  if (form.format == export_format::csv)
    return std::make_unique<csv_messages_writer>(form);
  return std::make_unique<ndjson_writer>(form);
}

std::string_view export_media_type(export_format format) noexcept {
  return format == export_format::csv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson";
}

}  // namespace genesis::http
