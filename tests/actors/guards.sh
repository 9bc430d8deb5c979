#!/usr/bin/env bash
# Shows that the tests of the actors bite: takes one guard after another out of a copy of the sources, builds the tests there and
# expects the guard's own test to fail. Prints the table of tests/actors/guards.md.
#
#   tests/actors/guards.sh [NAME...]     only the guards whose name contains one of the words
#
# Fails when a pattern is no longer found exactly once, when a mutant does not compile, or when its test passes.
# BUILD_PREFIX is put before each build command (for instance `nice -n 19`). WORK keeps the copy for the next time.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
work=${WORK:-$(mktemp -d /tmp/genesis-guards-XXXXXX)}
[[ -n ${WORK:-} ]] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
export CCACHE_BASEDIR=$work CCACHE_NOHASHDIR=1

rm -rf "$work/tree"
mkdir -p "$work/tree"
tar -C "$root" --exclude=./build --exclude=./.git -cf - . | tar -C "$work/tree" -xf -
# Objects of an earlier run may be those of a mutant.
find "$work/tree/actors" "$work/tree/tests/actors" -type f -exec touch {} +
cmake -S "$work/tree" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 \
  -DGENESIS_BUILD_BENCHMARKS=OFF >"$work/configure.log" 2>&1 || { tail -20 "$work/configure.log" >&2; exit 1; }

build() {
  ${BUILD_PREFIX:-} cmake --build "$work/build" --target genesis_actors_test >"$work/build.log" 2>&1
}
build || { tail -40 "$work/build.log" >&2; echo "the unchanged sources do not build" >&2; exit 1; }

# replace FILE FROM TO: exactly one occurrence, else it fails loudly.
replace() {
  python3 - "$work/tree/$1" "$2" "$3" <<'PYTHON'
import sys
path, old, new = sys.argv[1:]
text = open(path).read()
if text.count(old) != 1:
    sys.exit(f"{path}: the guard's text is found {text.count(old)} times: {old!r}")
open(path, "w").write(text.replace(old, new))
PYTHON
}

echo "| guard | taken out | test | result |"
echo "|---|---|---|---|"
failed=0

# guard NAME FILE FROM TO TEST
guard() {
  local name=$1 file=$2 from=$3 to=$4 test=$5 outcome
  if [[ ${#wanted[@]} -gt 0 ]]; then
    local word is_wanted=
    for word in "${wanted[@]}"; do [[ $name == *"$word"* ]] && is_wanted=1; done
    [[ -n $is_wanted ]] || return 0
  fi
  cp "$work/tree/$file" "$work/unchanged"
  replace "$file" "$from" "$to"
  if ! build; then
    outcome="does not compile"
    tail -20 "$work/build.log" >&2
    failed=1
  elif timeout 300 "$work/build/tests/genesis_actors_test" --gtest_filter="$test" >"$work/test.log" 2>&1; then
    outcome="**survives**"
    failed=1
  elif grep -qE "^\[  (FAILED|PASSED)  \]|Failure|GENESIS_SEED" "$work/test.log"; then
    outcome="caught: $(grep -hoE "GENESIS_SEED=[0-9]+" "$work/test.log" | head -1 || true)"
    [[ $outcome != "caught: " ]] || outcome="caught"
  else
    outcome="caught (the program ends)"
  fi
  echo "| $name | \`$file\` | \`$test\` | $outcome |"
  cp "$work/unchanged" "$work/tree/$file"
}

wanted=("$@")

guard "generation counter of cache fills" actors/user_state.hpp \
  'return given == generation_;' 'return true || given == generation_;' \
  Races.CacheFillAgainstInvalidation

guard "a key that a chat came with is under way" actors/user_pump.cpp \
  'is_chat_under_way(key->key) || ' '' \
  Races.ChatAgainstAnotherRequestWithItsKey

guard "known keys are forgotten with the state" actors/user_loading.cpp \
  '  keys_.forget();' '' \
  UserActor.KnowsNoKeysOnceSomebodyElseHasWritten

guard "a key that was stored is known" actors/user_pump.cpp \
  'keys_.add(key);' 'static_cast<void>(key);' \
  UserActor.AsksNothingAboutKeysThatItKnowsToBeNew

guard "generation counter of kept pages" actors/user_state.hpp \
  'return given == generation_;' 'return true || given == generation_;' \
  UserLists.SayWhatIsStored

guard "nothing is kept that was asked for during a write" actors/user_state.hpp \
  'return batch_ ? std::nullopt : keep_permit{generation_};' 'return keep_permit{generation_};' \
  UserLists.SayWhatIsStored

guard "kept pages are told what a commit changed" actors/user_pump.cpp \
  'pages_->apply(batch_->page_changes);' '(void)batch_->page_changes;' \
  UserLists.SayWhatIsStored

guard "an outcome that is not known forgets kept pages" actors/user_loading.cpp \
  'pages_ = nullptr;' '' \
  UserLists.SayWhatIsStoredAfterWritesOfUnknownOutcome

guard "an import forgets kept pages" actors/user_administration.cpp \
  'pages_ = nullptr;  //' '//' \
  UserLists.SayWhatIsStored

guard "a page is uncertain when the one behind may have come forward" actors/kept_page.hpp \
  'if (has_more_ && !was_shown && items_.size() < items_max_)' 'if (false)' \
  'KeptPage.*'

guard "a page is uncertain when the one behind may have gone" actors/kept_page.hpp \
  'if (present == items_.end())
      return !has_more_;' 'if (present == items_.end())
      return true;' \
  'KeptPage.*'

guard "fence raised by the reload after an unknown outcome" actors/user_pump.cpp \
  'drop_state();
    must_raise_fence_ = true;' 'drop_state();' \
  Races.WritesOfUnknownOutcomeAgainstTheReload

guard "fence raised by the successor of a dead owner" actors/shard_state.cpp \
  'if (died != died_.end())  // before' 'if (died != died_.end() && false)  // before' \
  Races.WriteOfADeadOwnerAgainstItsSuccessor

guard "passivation: a busy owner says no" actors/user_state.cpp \
  'if (is_busy())
    return false;' '' \
  Races.PassivationAgainstNewRequests

guard "passivation: who asks for a leaving owner waits" actors/shard_state.cpp \
  'if (!each.is_leaving)
    return each.actor;' 'if (!each.is_leaving)
    return each.actor;
  return activate(what.user);' \
  Races.PassivationAgainstNewRequests

guard "requests to runs count as work" actors/user_templates.hpp \
  '++reads_under_way_;
  self_->request(whom,' '++reads_under_way_, --reads_under_way_;
  self_->request(whom,' \
  Races.RunsThatAreShownAgainstPassivation

guard "answer after the commit" actors/user_pump.cpp \
  'continuations.push_back(std::move(*decided));' 'continuations.push_back([] {});
      (*decided)();' \
  Races.AnswersAgainstCommits

guard "one batch in flight" actors/user_pump.cpp \
  'if (batch_ || queue_.empty()' 'if (queue_.empty()' \
  UserActor.HasOneBatchInFlightAndKeepsTheOrder

guard "nothing decided over a list that could not be read" actors/user_pump.cpp \
  'else if (auto missing = missing_row(operation.needs))' 'else if (auto missing = missing_row(operation.needs); missing && false)' \
  UserActor.DecidesNothingOverAListThatCouldNotBeRead

guard "codes of CAF are told from ours" actors/actor_error.cpp \
  'if (what.category() == caf::atom("genesis")) {' 'if (what.category() != caf::atom("exit")) {' \
  ActorError.NeverTakesAForeignNumberForOurs

guard "a foreign receiver-down is not passed on" actors/owner_link.hpp \
  'if (is_receiver_down(failed)) {' 'if (is_receiver_down(failed) || from_caf(failed).code == errc::unavailable) {' \
  UserActor.KeepsTheStateWhenTheDiskIsFull

guard "a write is unknown once its worker has begun" actors/storage_worker.cpp \
  'each.answer->lost_as(errc::outcome_unknown);' '' \
  StoragePool.CallsAWriteUnknownWhenItsWorkerDiedOverIt

guard "a write is unknown when the pool dies with it" actors/storage_pool.hpp \
  'answer->lost_as(errc::outcome_unknown);' '(void)0;' \
  StoragePoolSchedules.NeverCallsACommittedWriteUndone

guard "a dead worker is replaced before the question is repeated" actors/storage_pool.hpp \
  'workers_->vacate(asked);' '(void)asked;' \
  StoragePoolSchedules.AnswersAQuestionWhateverItsWorkerDoes

guard "a question waits for the commit that is under way" actors/storage_worker.hpp \
  '    finish_group();
    auto* store' '    auto* store' \
  PatientStorageWorker.WaitsForTheCommitBeforeAQuestion

guard "a connection that is replaced has answered" actors/storage_worker.cpp \
  '    finish_group();
    drop(why);' '    drop(why);' \
  PatientStorageWorker.WaitsForTheCommitBeforeItReplacesTheConnection

guard "a replica answers only what it has seen" actors/storage_worker.hpp \
  'if (!*has_seen)' 'if (false)' \
  UserLists.SayWhatIsStoredWhateverReplicasHave

guard "lists are as new as the person's last change" actors/user_pump.cpp \
  'as_of_ = receipt.position;' '' \
  UserLists.SayWhatIsStoredWhateverReplicasHave

guard "an outcome that is not known forgets how new lists have to be" actors/user_loading.cpp \
  'as_of_.reset();' '' \
  UserLists.SayWhatIsStoredWhateverReplicasHave

guard "a change of unknown outcome makes the mark of the log unknown" actors/storage_pool.hpp \
  'mark_->lose();' '(void)0;' \
  ReplicaReads.GoToThePrimaryBehindAWriteOfUnknownOutcome

guard "a change that was begun before a doubt counts behind it" actors/log_mark.hpp \
  'at_ || number > doubted_' 'number > doubted_' \
  LogMark.RisesWithWhatWasBegunBeforeADoubtAndIsAnsweredBehindOneThatEndsIt

guard "a replica that answers others is read from on" actors/replica_set.cpp \
  'if (all_[replica].heard_at <= asked_at)' '' \
  BusyReplica.IsReadFromOn

guard "what is found of somebody who has gone is nothing" actors/user_templates.hpp \
  'if (phase_ == phase::gone)
          what = nobody();
        else if' 'if' \
  RunRaces.QuestionsAgainstTheDeletionOfTheirAccount

guard "a run whose account is gone has nowhere to end" actors/run_ending.cpp \
  'what.code == errc::unauthorized || ' '' \
  RunRaces.QuestionsAgainstTheDeletionOfTheirAccount

guard "one look-up per key of a chat" actors/user_chats.cpp \
  'if (lookup != key_lookups_.end()) {
    lookup' 'if (lookup != key_lookups_.end() && false) {
    lookup' \
  RunActor.MakesOneRunOfManyRequestsWithOneKey

guard "the end of a deleted run is not written" actors/user_runs.cpp \
  'if (draft.has_removed(known->second.run.conversation))' \
  'if (draft.has_removed(known->second.run.conversation) && false)' \
  RunRaces.ConversationDeletedUnderItsRuns

guard "an end that is stored stands" actors/user_runs.cpp \
  'if (has_ended(stored->run.status))' 'if (has_ended(stored->run.status) && false)' \
  RunRaces.EndsOfUnknownOutcome

guard "the log of a deleted run is not kept" actors/user_runs.cpp \
  'removals == removals_);' 'removals == removals_ || true);' \
  RunRaces.ConversationDeletedUnderThoseWhoJoin

guard "an owner without an account leaves when all is answered" actors/user_state.cpp \
  'phase_ == phase::gone && !is_busy()' 'phase_ == phase::gone' \
  Races.DeletionAgainstRequests

guard "who is told to be forgotten is put nowhere" actors/user_state.cpp \
  'if (!what.is_forgotten)' 'if (true)' \
  SecondCache.IsNotGivenWhoIsToBeForgotten

guard "the second cache is given what is left when the owner leaves" actors/user_state.cpp \
  'if (!what.is_forgotten)' 'if (false)' \
  SecondCache.HasWhatWasLastCommitted

guard "an import's pages are forgotten before the second cache is given any" actors/user_pump.cpp \
  'end_batch(/*is_durable=*/true, {});
    keep_in_cache();' 'keep_in_cache();
    end_batch(/*is_durable=*/true, {});' \
  SecondCache.HasNoListsBehindAnImport

guard "an owner that was used stays" actors/user_state.cpp \
  'now - used_at_ < what.idle_for' 'now - used_at_ < what.idle_for && false' \
  ShardActor.KeepsOwnersThatAreUsedOverARememberedAddress

guard "a run whose actor died frees its conversation" actors/user_chats.cpp \
  'self_->monitor(active.actor);' '' \
  RunActor.FreesItsConversationWhenItsActorDies

guard "a run ends after its end is stored" actors/run_ending.cpp \
  '  store_end();
}' '  store_end();
  finish(message{});
}' \
  RunRaces.NeverTellsAnEndThatIsNotStored

guard "a run speaks after its question is stored" actors/user_chats.cpp \
  'if (it == runs_.end() || !it->second.is_stored || it->second.has_turn)' 'if (it == runs_.end() || it->second.has_turn)' \
  RunRaces.NeverSpeaksBeforeItsQuestionIsStored

guard "credit of readers" actors/run_state.cpp \
  'return each.unconfirmed < services_->reader_window;' 'return each.unconfirmed < services_->reader_window || true;' \
  SlowReader.HasAtMostOneBatchUnderWay

guard "a reader ahead of the log is brought back" actors/run_state.cpp \
  'std::clamp(what.after, std::int64_t{0}, log_->last_seq());' 'what.after;' \
  RunActor.ServesAReaderThatClaimsToBeAheadOfALiveRun

guard "a run whose owner dies under its end is no success" actors/run_ending.cpp \
  'run_.status = run_status::interrupted;
  if (!run_.failure) {' 'if (!run_.failure) {' \
  'RunRaces.OwnerDiesWithRunsActive:RunActor.NeverEndsWithSuccessWhenItsOwnerDiesUnderItsEnd'

guard "promises answer when their actor dies" actors/promise.hpp \
  '  ~pending_answer() {
    if (promise_.pending())' '  ~pending_answer() {
    if (promise_.pending() && false)' \
  ActorErrors.APromiseThatDiesWithItsActorIsAnswered

guard "a service outlives what a handler throws" actors/service.hpp \
  'if (contain(name_, [&] { result_ = super::consume(element); }))' \
  'if (result_ = super::consume(element); true)' \
  'Service.*'

guard "a reminder that failed comes again" actors/service.hpp \
  '!element.mid.is_response() && element.sender == this->ctrl()' '!element.mid.is_response() && false' \
  Service.RepeatsAReminderThatFailed

guard "a handler of deaths that throws is not forgotten" actors/failure.hpp \
  'contain(name, [&] { handler(gone); });' 'handler(gone);' \
  Service.GoesOnHandlingDeathsAfterOneThrew

guard "a death is told to the first owner that can be activated" actors/shard_state.cpp \
  'auto actor = spawn_(user);' 'const bool had_died = died_.erase(user) != 0;
  auto actor = spawn_(user);
  if (had_died)
    died_.insert(user);' \
  Directory.TellsTheNextOwnerOfADeathAfterItCouldNotActivateOne

guard "passwords: what nobody waits for is left out" actors/password_pool.cpp \
  '      drop_late();
      if (waiting_.empty())' '      if (waiting_.empty())' \
  'BusyPasswordPool.LeavesOutWhatNobodyWaitsForAnyMore'

guard "passwords: a worker is busy until it has answered" actors/password_pool.cpp \
  'if (failed.category() == caf::atom("genesis"))' 'if (failed.category() != caf::atom("exit"))' \
  'BusyPasswordPool.KnowsThatAWorkerIsBusyUntilItIsDead:BusyPasswordPool.EndsAWorkerThatTakesForEver'

exit $failed
