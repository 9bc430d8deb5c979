# genesis_embed_migrations(TARGET) builds the texts of storage/migrations/*.sql into the target: a source file with one raw
# string literal each, made when CMake configures, which it does again whenever one of the files changes. NNNN_name.sql serves
# both databases, unless there is a NNNN_name.postgresql.sql beside it.
function(genesis_embed_migrations target)
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/storage/migrations/*.sql")
  list(SORT files)
  set(rows "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY "${CMAKE_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
    get_filename_component(name "${file}" NAME_WE)
    get_filename_component(directory "${file}" DIRECTORY)
    if(file MATCHES "\\.postgresql\\.sql$")
      if(NOT EXISTS "${directory}/${name}.sql")
        message(FATAL_ERROR "${file}: there is no ${name}.sql, which says what SQLite does under this number")
      endif()
      continue()
    endif()
    if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+$")
      message(FATAL_ERROR "${file}: migrations are called NNNN_name.sql")
    endif()
    string(REGEX REPLACE "^0*([0-9]+)_.*$" "\\1" number "${name}")
    file(READ "${file}" text)
    set(own_text "")
    if(EXISTS "${directory}/${name}.postgresql.sql")
      file(READ "${directory}/${name}.postgresql.sql" own_text)
    endif()
    string(APPEND rows
      "  {${number}, \"${name}\", R\"~~sql~~(${text})~~sql~~\", R\"~~sql~~(${own_text})~~sql~~\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/generated/embedded_migrations.cpp" @ONLY CONTENT
[[// Made by cmake/genesis_migrations.cmake from storage/migrations/*.sql.
#include "storage/migrations.hpp"

namespace genesis::storage {

namespace {

const migration all[] = {
@rows@};

}  // namespace

std::span<const migration> embedded_migrations() noexcept {
  return all;
}

}  // namespace genesis::storage
]])
  target_sources(${target} PRIVATE "${CMAKE_BINARY_DIR}/generated/embedded_migrations.cpp")
endfunction()
