# What makes a first build of everything bearable: headers that most files of a target read are compiled once for it, and the actors,
# whose cost is the templates of CAF that each file instantiates anew, can be compiled several files at a time.

# Off for what is measured or delivered (the presets release and bench), and for the linter: there each file has to name what it uses.
option(GENESIS_PRECOMPILE "Compile the headers that most files read once per target" ON)

# A change of one file compiles its whole batch, so this is for machines that build everything once.
if("$ENV{CI}" STREQUAL "")
  option(GENESIS_BATCHES "Compile the files that use CAF most several at a time" OFF)
else()
  option(GENESIS_BATCHES "Compile the files that use CAF most several at a time" ON)
endif()

set(genesis_standard_headers
  <algorithm> <array> <atomic> <charconv> <chrono> <cmath> <cstddef> <cstdint> <deque> <expected> <filesystem> <fstream> <functional>
  <future> <limits> <map> <memory> <mutex> <numeric> <optional> <random> <ranges> <set> <span> <sstream> <stdexcept> <string>
  <string_view> <thread> <tuple> <unordered_map> <utility> <variant> <vector>)

# genesis_precompile(TARGET <HEADER>...) : the standard library, and HEADERs of libraries or of our own.
function(genesis_precompile target)
  if(GENESIS_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${genesis_standard_headers} ${ARGN})
    # What ccache needs in order to keep objects that were compiled with such headers.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>
      $<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>)
  endif()
endfunction()

# genesis_compile_in_batches(TARGET SIZE PATTERN...) : of the target's sources, those under the project that PATTERNs match.
function(genesis_compile_in_batches target size)
  if(NOT GENESIS_BATCHES)
    return()
  endif()
  list(TRANSFORM ARGN PREPEND "${CMAKE_SOURCE_DIR}/")
  file(GLOB sources CONFIGURE_DEPENDS ${ARGN})
  set(index 0)
  foreach(source IN LISTS sources)
    math(EXPR group "${index} / ${size}")
    set_source_files_properties("${source}" TARGET_DIRECTORY ${target} PROPERTIES UNITY_GROUP "batch_${group}")
    math(EXPR index "${index} + 1")
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # Fixtures hold what their file alone names; a batch takes that for a header's.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endfunction()
