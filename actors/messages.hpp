#pragma once

/// What actors of one process say to each other. Questions to storage are messages too (`storage/queries.hpp`,
/// `storage/mutations.hpp`). Nothing here crosses nodes: fields may be shared pointers and handles.
#include "actors/access_messages.hpp"
#include "actors/export_messages.hpp"
#include "actors/person_messages.hpp"
#include "actors/run_messages.hpp"
#include "actors/service_messages.hpp"
