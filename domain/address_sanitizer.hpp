#pragma once

/// Defined where the program is built with AddressSanitizer, whichever compiler does it. There, memory costs many
/// times as much and has no end that could be set, and signals have handlers already.
#ifdef __SANITIZE_ADDRESS__
#define GENESIS_HAS_ADDRESS_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GENESIS_HAS_ADDRESS_SANITIZER
#endif
#endif
