#pragma once

#include "config/load.hpp"

#include <string>
#include <vector>

namespace genesis::cli {

/// What keeps a server from using the files and directories that its settings name: the certificate and its key, the
/// log, the data directory. Looks at them and makes nothing. Where each setting comes from is left for who knows it.
std::vector<config::setting_fault> faults_of_named_files(const config::settings& settings);

/// A sentence when other users can read the settings file and there is a password or a token in it; else empty. Names
/// the settings, not their values, and what to run.
std::string exposed_secrets(const config::loaded& settings);

}  // namespace genesis::cli
