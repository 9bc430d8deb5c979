#pragma once

#include <string_view>

namespace genesis::http {

/// What browsers are told about every answer, as whole lines of its head. They are constant texts: an answer costs one
/// copy of them.
///
/// An answer of the API is data. Nobody renders it, frames it or takes it for a script, and a page of another origin
/// reads it through CORS alone: `Cross-Origin-Resource-Policy` stops those that embed without asking, and does not
/// apply to those that `http.cors_origins` lets in (Fetch standard, "cross-origin resource policy check").
///
/// `Strict-Transport-Security` goes here, for answers over TLS only (RFC 6797 7.2).
inline constexpr std::string_view api_security_lines =
  "X-Content-Type-Options: nosniff\r\n"
  "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
  "Referrer-Policy: no-referrer\r\n"
  "Cross-Origin-Resource-Policy: same-origin\r\n";

/// Of the page under `/`: it has its own style, no script, and no form. `Cross-Origin-Opener-Policy` matters to
/// documents only.
inline constexpr std::string_view page_security_lines =
  "X-Content-Type-Options: nosniff\r\n"
  "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
  "frame-ancestors 'none'\r\n"
  "Referrer-Policy: no-referrer\r\n"
  "Cross-Origin-Resource-Policy: same-origin\r\n"
  "Cross-Origin-Opener-Policy: same-origin\r\n";

/// By the media type of the answer.
constexpr std::string_view security_lines(std::string_view content_type) noexcept {
  return content_type.starts_with("text/html") ? page_security_lines : api_security_lines;
}

}  // namespace genesis::http
