#include "cli/metrics_page.hpp"

#include <prometheus/text_serializer.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <vector>

namespace genesis::cli {

std::string metrics_page::text() const {
  std::vector<prometheus::MetricFamily> families;
  for (const prometheus::Collectable* each :
    std::initializer_list<const prometheus::Collectable*>{&http_, &actors_, &threads_, &statements_, &process_}) {
    auto some = each->Collect();
    std::ranges::move(some, std::back_inserter(families));
  }
  return prometheus::TextSerializer{}.Serialize(families);
}

}  // namespace genesis::cli
