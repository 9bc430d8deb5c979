#pragma once

#include "domain/artifact.hpp"
#include "http/json_writer.hpp"

#include <string>
#include <vector>

namespace genesis::http {

/// The API's name of a kind of artifact, for instance `energy_target`.
std::string_view type_of(const artifact_data& data) noexcept;

/// The members `type`, `data` and `sources`, into an object that is open.
void write_artifact(json_writer& json, const artifact& what);

}  // namespace genesis::http
