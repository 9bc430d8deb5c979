#pragma once

#include "actors/export_writer.hpp"

#include <memory>
#include <string_view>

namespace genesis::http {

/// What writes an export of this form.
///
/// NDJSON has an object a line, as the API shows it elsewhere. In an export of everything each line begins with what
/// `type` of thing it is, and the last one is `{"type":"end","lines":N}`, with the number of lines before it, so that a
/// file tells whether it is whole. CSV has messages alone, and the names of its columns in the first record.
std::unique_ptr<export_writer> make_export_writer(const export_form& form);

/// For `Content-Type`.
std::string_view export_media_type(export_format format) noexcept;

}  // namespace genesis::http
