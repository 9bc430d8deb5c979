# Flags, sanitizers and the helper that makes one library of one folder.

option(GENESIS_BUILD_TESTS "Build the tests" ON)
option(GENESIS_BUILD_BENCHMARKS "Build the benchmarks" ON)
option(GENESIS_FUZZ "Link the fuzz targets with libFuzzer; needs clang" OFF)
set(GENESIS_SANITIZE "" CACHE STRING "Value for -fsanitize=, for instance address,undefined")

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(GENESIS_CCACHE ccache)
if(GENESIS_CCACHE)
  # Objects that were compiled with precompiled headers are kept too; such headers are known by what is in them.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${GENESIS_CCACHE}")
endif()
find_program(GENESIS_MOLD mold)

# What every target of ours is compiled with.
add_library(genesis_flags INTERFACE)
target_include_directories(genesis_flags INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(genesis_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  # The one compiler whose warnings are kept at none.
  $<$<CXX_COMPILER_ID:GNU>:-Werror>
  # g++ 12 takes the inactive member of a moved std::expected or std::optional for one that is read.
  $<$<CONFIG:Release>:-Wno-maybe-uninitialized>)
target_compile_definitions(genesis_flags INTERFACE
  CAF_ENABLE_TYPE_ID_CHECKS
  BOOST_ASIO_NO_DEPRECATED
  GENESIS_VERSION="${PROJECT_VERSION}")
if(GENESIS_MOLD)
  target_link_options(genesis_flags INTERFACE -fuse-ld=mold)
endif()
if(GENESIS_SANITIZE)
  target_compile_options(genesis_flags INTERFACE "-fsanitize=${GENESIS_SANITIZE}" -fno-omit-frame-pointer)
  target_link_options(genesis_flags INTERFACE "-fsanitize=${GENESIS_SANITIZE}")
  if(GENESIS_SANITIZE MATCHES "address")
    # For what cannot be had with it: bounds of memory, a clock that is set. Each compiler has its own way to say so.
    target_compile_definitions(genesis_flags INTERFACE GENESIS_ADDRESS_SANITIZER)
  endif()
  if(GENESIS_SANITIZE MATCHES "undefined")
    # Debian's SOCI was built without type information that the vptr check needs.
    target_compile_options(genesis_flags INTERFACE -fno-sanitize=vptr)
    target_link_options(genesis_flags INTERFACE -fno-sanitize=vptr)
  endif()
  if(GENESIS_SANITIZE MATCHES "thread")
    target_compile_options(genesis_flags INTERFACE -Wno-tsan)
  endif()
endif()

# genesis_folder(NAME [FUZZED] [DEPENDS folder...] [LIBRARIES target...] [PRECOMPILE <header>...])
function(genesis_folder name)
  cmake_parse_arguments(arg "FUZZED" "" "DEPENDS;LIBRARIES;PRECOMPILE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${name}/*.cpp")
  if(NOT sources)
    add_library(genesis_${name} INTERFACE)
    return()
  endif()
  add_library(genesis_${name} STATIC ${sources})
  target_link_libraries(genesis_${name} PUBLIC genesis_flags)
  foreach(folder IN LISTS arg_DEPENDS)
    target_link_libraries(genesis_${name} PUBLIC genesis_${folder})
  endforeach()
  target_link_libraries(genesis_${name} PUBLIC ${arg_LIBRARIES})
  if(GENESIS_FUZZ AND arg_FUZZED)
    target_compile_options(genesis_${name} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
  genesis_precompile(genesis_${name} ${arg_PRECOMPILE})
endfunction()
