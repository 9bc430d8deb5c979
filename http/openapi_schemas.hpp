#pragma once

#include "http/json_writer.hpp"
#include "http/schema.hpp"

#include <map>
#include <string_view>

namespace genesis::http {

/// Schemas by name, so that a document lists them in one order.
using schema_set = std::map<std::string_view, const schema*>;

/// Adds a schema and all that it refers to.
void collect(const schema& what, schema_set& into);

/// `{"$ref":"#/components/schemas/..."}`.
void write_reference(json_writer& json, const schema& what);

/// The JSON Schema (2020-12) of an object, and of a single value.
void write_schema(json_writer& json, const schema& what);
void write_schema(json_writer& json, const field& what);

}  // namespace genesis::http
