#pragma once

#include <exception>
#include <initializer_list>
#include <string_view>

namespace genesis::cli {

/// What the system has refused, with the limit to raise, when that is what the exception says: memory, a thread or a
/// descriptor. Empty for everything else. Static text, since there may be no memory for another.
std::string_view what_ran_out(const std::exception& thrown) noexcept;

/// Writes a line to standard error, unless nobody reads that any more. Needs neither memory nor another thread.
void say(std::initializer_list<std::string_view> parts) noexcept;

/// Ends the process at once, with a line on standard error that says why: the exception that is being handled. Nothing
/// is unwound and no actor is waited for, since what has run out would be needed for that; what was acknowledged is
/// durable anyway, as in a crash. Status 1 when something has run out; everything else is a fault of the program and
/// aborts, so that there is a core to look at.
///
/// The process's terminate handler: what is thrown where nothing may be thrown comes here too.
[[noreturn]] void end_with_a_word() noexcept;

/// From here on SIGABRT and SIGSEGV end the process like that too, when they come while there is no memory: glibc
/// aborts when it cannot register the destructor of a thread's variable, and C libraries use what malloc did not give
/// them. With memory there they are faults of the program, and leave a core as ever.
void explain_signals_of_want() noexcept;

/// Has the stack of the calling thread, which must be the first one, grow now. It grows by the page otherwise, and one
/// that is refused for want of memory is a SIGSEGV. Other threads get theirs as a whole.
void claim_stack() noexcept;

}  // namespace genesis::cli
