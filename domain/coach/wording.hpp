#pragma once

#include "domain/coach/language.hpp"
#include "domain/time.hpp"
#include "domain/user.hpp"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis::coach {

/// One sentence or clause in both languages, with `{name}` where values go.
struct phrase {
  std::string_view english;
  std::string_view spanish;
};

/// A value for a place in a phrase.
using slot = std::pair<std::string_view, std::string>;

/// Words numbers and phrases in one language and one system of units. Quantities come in SI.
class wording {
public:
  constexpr wording(language spoken, unit_system units) : spoken_(spoken), units_(units) {}

  [[nodiscard]] bool is_spanish() const { return spoken_ == language::spanish; }
  [[nodiscard]] bool is_imperial() const { return units_ == unit_system::imperial; }

  /// The phrase in the language, its places filled. A place without a value stays empty.
  [[nodiscard]] std::string say(const phrase& what, std::initializer_list<slot> slots = {}) const;

  /// `1,850` or `1850`; with `decimals`, `116.7` or `116,7`, and a last `.0` dropped.
  [[nodiscard]] std::string number(double value, int decimals = 0) const;
  [[nodiscard]] std::string kcal(double value) const;                       ///< `2,207 kcal`
  [[nodiscard]] std::string grams(double value) const;                      ///< `176 g`, whole
  [[nodiscard]] std::string mass(double kg) const;                          ///< `82.5 kg` or `181.9 lb`
  [[nodiscard]] std::string pace(double kg) const;                          ///< `0.25 kg` or `0.55 lb`, of a week
  [[nodiscard]] std::string height(double cm) const;                        ///< `180 cm` or `5 ft 11 in`
  [[nodiscard]] std::string length(double cm) const;                        ///< `86.5 cm` or `34.1 in`, of a tape
  [[nodiscard]] std::string volume(double litres) const;                    ///< `2.5 litres` or `85 fl oz`
  [[nodiscard]] std::string beats(double bpm, int decimals = 0) const;      ///< `147 bpm` or `147 lpm`
  [[nodiscard]] std::string percent(double value, int decimals = 0) const;  ///< `20 %`
  [[nodiscard]] std::string date(calendar_day day) const;                   ///< `3 March` or `3 de marzo`

  /// A weight for the bar: the nearest 2.5 kg or 5 lb.
  [[nodiscard]] std::string plates(double kg) const;

  /// `a, b and c`, with the Spanish `e` before an i.
  [[nodiscard]] std::string all_of(std::span<const std::string> items) const;
  /// `a, b or c`, with the Spanish `u` before an o.
  [[nodiscard]] std::string any_of(std::span<const std::string> items) const;

private:
  [[nodiscard]] std::string list(std::span<const std::string> items, std::string_view last_joint) const;

  language spoken_;
  unit_system units_;
};

}  // namespace genesis::coach
