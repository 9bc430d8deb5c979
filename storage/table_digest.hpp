#pragma once

#include "storage/table_row.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>

namespace genesis::storage {

/// What tells the contents of two tables apart, in whichever order their rows come: two databases sort texts by
/// different rules. The sum of the rows' SHA-256, by 64 bits; equal rows count each time.
///
/// A null, a number and a text are different things; the two zeros are one, since SQLite does not tell them apart.
class table_digest {
public:
  /// Throws when there is no SHA-256.
  table_digest();

  void add(const table_row& row);

  [[nodiscard]] std::int64_t rows() const noexcept { return rows_; }
  /// 64 hexadecimal digits.
  [[nodiscard]] std::string text() const;

private:
  struct closing {
    void operator()(EVP_MD* what) const noexcept { ::EVP_MD_free(what); }
    void operator()(EVP_MD_CTX* what) const noexcept { ::EVP_MD_CTX_free(what); }
  };

  std::unique_ptr<EVP_MD, closing> algorithm_;
  std::unique_ptr<EVP_MD_CTX, closing> context_;
  std::string bytes_;
  std::int64_t rows_ = 0;
  std::array<std::uint64_t, 4> sums_{};
};

}  // namespace genesis::storage
