#pragma once

#include <memory>
#include <string>

namespace genesis {

using body_ptr = std::shared_ptr<const std::string>;

/// An object as it is shown: serialised once per revision and shared by everybody who reads it.
struct entity_reply {
  int status = 200;
  body_ptr body;         ///< Empty for 204.
  std::string etag;      ///< With its quotes; empty when the answer has none.
  std::string location;  ///< Of what was created.
};

}  // namespace genesis
