#pragma once

#include "config/setting_fault.hpp"
#include "config/settings.hpp"

#include <vector>

namespace genesis::cli {

/// What keeps a server from using the files and directories that its settings name: the certificate and its key, the
/// log, the data directory. Looks at them and makes nothing. Where each setting comes from is left for who knows it.
std::vector<config::setting_fault> faults_of_named_files(const config::settings& settings);

}  // namespace genesis::cli
