#pragma once

#include "http/json_writer.hpp"
#include "http/schema.hpp"

#include <boost/json.hpp>

namespace genesis::http {

/// Writes a value as its schema shows it: the members of objects in the schema's order, absent ones as what they mean
/// (their default, else null), numbers in their shortest spelling. Equal values become equal texts. What does not fit
/// the schema is left out or null: whoever judges the value refuses it. Knows no `flags` and no `any_object`.
void write_canonical(json_writer& out, const field& what, const boost::json::value& value);

}  // namespace genesis::http
