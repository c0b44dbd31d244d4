/* The gate: clearance, execution, holds and a merge of two records, as the transactions of holds/store do it.
 *
 * Each step that another transaction can come between is a step here, and every one of them may be the last:
 * a process dies, the database rolls back, locks fall. What a transaction writes is its own until it commits
 * (READ COMMITTED); a row lock lasts until then. docs/model/README.md says what stands for what, and what
 * is left out. A variant is one #define, and takes one guard away.
 */

#ifdef NO_BUMP
#define BUMPED 0
#else
#define BUMPED 1
#endif
#ifdef USED_TWICE /* the epoch alone would do, and so would the unique key: both must go */
#define NOT_BOUND_TO_EPOCH
#endif

#define LAST_TICK 1
#define LIFE 1 /* ticks a clearance lives: the fifteen minutes */

#define A 0
#define B 1
#define STRANGER 2 /* nobody has a gate for them */
#define NONE 3

#define ABSENT 0
#define ACTIVE 1
#define ENDED 2

#define FREE 0
#define ISSUED 1
#define USED 2

#define OF_A 0    /* hold 0: A's, active from the start */
#define OF_B 1    /* hold 1: B's, ended before the start */
#define STAY 2    /* hold 2: placed in the race, on either */
#define SPLIT 3   /* hold 3: placed by whoever undoes a merge */

/* What is committed. */
byte epoch[2];
byte into[2] = NONE;  /* gate.merged_into */
byte lock[2];         /* 0, or who holds the row lock */
byte hold[4];
byte holder[4];       /* hold.person_id */
bool objected;        /* an open objection to the end of hold 0 */
byte clock;           /* holdfast_now(), by ticks */
typedef Clearance {
	byte state;
	byte who;
	byte at;    /* clearance.epoch */
	byte ends;  /* clearance.expires_at */
	bool held_since;   /* ghost: a hold on the record was committed after it */
	bool joined_since; /* ghost: a merge or split of the record was */
};
Clearance clearance;

/* What happened, for the properties alone: no step reads these. */
bool joined;
bool boarded_held;
bool boarded_void;
bool boarded_joined;
bool boarded_late;
bool boarded_twice;
bool ended_by_one;
bool ended_over_objection;
bool released_by_split;
bool place_taken;
bool stranger_cleared;
byte placed;
byte endings;

#define same(p, q) (p == q || (p < 2 && into[p] == q) || (q < 2 && into[q] == p))
#define holds_back(h, p) (hold[h] == ACTIVE && same(holder[h], p))
#define blocked(p) (holds_back(OF_A, p) || holds_back(OF_B, p) || holds_back(STAY, p) || holds_back(SPLIT, p))
#define alone(h, p) (hold[h] == ACTIVE && holder[h] == p)
#define held_alone(p) (alone(OF_A, p) || alone(OF_B, p) || alone(STAY, p) || alone(SPLIT, p))
#ifdef NOT_FOLLOWED
#define root(p) (p)
#else
#define root(p) (into[p] == NONE -> p : into[p])
#endif

/* The same as the world has it: `joined` is what was judged, whatever the tables say of it. */
#define truly(h, p) (hold[h] == ACTIVE && (holder[h] == p || joined))
#define truly_held(p) (truly(OF_A, p) || truly(OF_B, p) || truly(STAY, p) || truly(SPLIT, p))
#define at_root(p) ((into[p] == NONE && clearance.at == epoch[p]) \
	|| (into[p] < 2 && clearance.at == epoch[into[p]]))
#define good (clearance.state == ISSUED && clearance.who < 2 && clock < clearance.ends && at_root(clearance.who))
#define active(h) (hold[h] == ACTIVE)

#define P1 (!(good && truly_held(clearance.who)))
#define P2 (!boarded_held)
#define P3 (!boarded_void)
#define P4 (!boarded_joined)
#define P5 (!boarded_late)
#define P6 (!boarded_twice)
#define P7 (!ended_by_one)
#define P8 (!ended_over_objection)
#define P9 ((active(OF_A) + active(OF_B) + active(STAY) + active(SPLIT) + endings == placed))
#define P10 (!released_by_split)
#define P11 (!place_taken)
#define P12 (!stranger_cleared)

ltl no_clearance_over_a_hold { [] P1 }
ltl nobody_boards_held { [] P2 }
ltl a_new_hold_voids { [] P3 }
ltl a_merge_voids { [] P4 }
ltl no_boarding_after_the_end { [] P5 }
ltl used_once { [] P6 }
ltl two_people_end_a_hold { [] P7 }
ltl an_objection_stops_the_end { [] P8 }
ltl holds_end_one_by_one { [] P9 }
ltl undoing_releases_nobody { [] P10 }
ltl one_place_one_write { [] P11 }
ltl no_gate_no_clearance { [] P12 }
ltl every_property { [] (P1 && P2 && P3 && P4 && P5 && P6 && P7 && P8 && P9 && P10 && P11 && P12) }

#define me (_pid + 1)
#define mine(g) (lock[g] == me)
#define can_lock(g) (lock[g] == 0 || lock[g] == me)
#define seen(g) (mine(g) -> own[g] : epoch[g]) /* a transaction sees its own bumps */
#ifdef NOBODY_DIES /* a counterexample needs no deaths, and is shorter without */
#define step(s) atomic { s }
#define dies false
#else
#define step(s) if :: atomic { s } :: goto undone fi
#define dies true
#endif

/* Takes a row lock, and with it the newest version of the row. */
inline take(g) {
	can_lock(g);
	if
	:: !mine(g) -> lock[g] = me; own[g] = epoch[g]
	:: else
	fi
}

inline let_go() {
	if
	:: mine(A) -> lock[A] = 0
	:: else
	fi;
	if
	:: mine(B) -> lock[B] = 0
	:: else
	fi;
	own[A] = 0; own[B] = 0; saw = 0; up = NONE; p = 0
}

/* lock_gates(): all gates of the record in the order of ids, again until no merge came in between.
 * A careless writer leaves it out, so that every property rests on the triggers. */
inline lock_record(p) {
	if
	:: skip /* careless */
	:: do
	   :: atomic { into[A] == NONE && into[B] == NONE && mine(p) -> break }
	   :: atomic { (into[A] != NONE || into[B] != NONE) && mine(A) && mine(B) -> break }
	   :: atomic { into[A] == NONE && into[B] == NONE && !mine(p) -> take(p) }
	   :: atomic { (into[A] != NONE || into[B] != NONE) && !mine(A) -> take(A) }
	   :: atomic { (into[A] != NONE || into[B] != NONE) && mine(A) && !mine(B) -> take(B) }
	   :: dies -> goto undone
	   od
	fi
}

/* The trigger: UPDATE gate SET epoch = epoch + 1, and the same of the gate it was merged into. */
inline bump(p, timed) {
#ifdef NO_BUMP
	step(locked = (timed -> clock : 0))
#else
	step(take(p); own[p]++; up = into[p]; locked = (timed -> clock : 0));
#ifndef NOT_FOLLOWED
	if
	:: up == NONE
	:: up != NONE -> step(take(up); own[up]++; locked = (timed -> clock : 0))
	fi;
#endif
#endif
}

/* gate.stale_epoch: what the writer states (saw + 1) is what the root's gate says after the bump. */
inline compare(p) {
#if !defined(NO_BUMP) && !defined(NO_EPOCH_COMPARE)
	step(if :: seen(root(p)) == saw + 1 :: else -> goto undone fi)
#else
	skip
#endif
}

inline publish(p) { /* the commit makes the bumps visible; ghosts first */
#ifndef NO_BUMP
	place_taken = place_taken || own[root(p)] <= epoch[root(p)] || own[root(p)] != saw + 1;
#endif
	if
	:: mine(A) -> epoch[A] = own[A]
	:: else
	fi;
	if
	:: mine(B) -> epoch[B] = own[B]
	:: else
	fi
}

inline note_hold(p) {
	clearance.held_since = clearance.held_since || (clearance.state == ISSUED && (joined || clearance.who == p))
}

inline note_join() {
	clearance.joined_since = clearance.joined_since || clearance.state == ISSUED
}

/* Places a stay, and ends holds: two acts, any number of times undone. */
proctype Clerk() {
	byte own[2];
	byte saw, p, h, ender, locked, left = CLERK_WRITES, up = NONE;

again:
	atomic {
		left > 0;
		if
		:: hold[STAY] == ABSENT -> h = STAY; ender = 0; if :: p = A :: p = B fi
		:: hold[OF_A] == ACTIVE -> h = OF_A; p = A; if :: ender = 1 :: ender = 2 fi
		:: hold[STAY] == ACTIVE -> h = STAY; p = holder[STAY]; if :: ender = 1 :: ender = 2 fi
		:: hold[SPLIT] == ACTIVE -> h = SPLIT; p = holder[SPLIT]; if :: ender = 1 :: ender = 2 fi
		fi
	}
	lock_record(p);
	step(if :: ender && h == OF_A && objected -> goto undone :: else fi; saw = seen(root(p)));
	bump(p, false);
	compare(p);
	if
	:: ender -> /* hold_ending: 1 proposed it, and the trigger looks for objections once more */
		step(if :: h == OF_A && objected -> goto undone :: else fi);
		atomic {
#ifndef ENDED_BY_ONE
			if :: ender == 1 -> goto undone :: else fi; /* CHECK two_people */
#endif
			if :: hold[h] != ACTIVE -> goto undone :: else fi; /* its primary key */
			if
			:: publish(p); hold[h] = ENDED; endings++; left--;
			   ended_by_one = ended_by_one || ender == 1;
			   ended_over_objection = ended_over_objection || (h == OF_A && objected)
			:: dies
			fi;
			let_go(); h = 0; ender = 0
		}
	:: else ->
		atomic {
			if
			:: publish(p); hold[STAY] = ACTIVE; holder[STAY] = p; placed++; left--;
			   note_hold(p)
			:: dies
			fi;
			let_go(); h = 0; ender = 0
		}
	fi;
	goto again;

undone:
	atomic { let_go(); h = 0; ender = 0; goto again }
}

/* Clears and boards. An answer that was lost is asked for again: a used clearance is boarded once more. */
proctype Officer() {
	byte own[2];
	byte saw, p, now, locked, boards, left = OFFICER_WRITES, up = NONE;

again:
	atomic {
		left > 0 || clearance.state == USED;
		if
		:: clearance.state == FREE -> if :: p = A :: p = B :: p = STRANGER fi
		:: clearance.state != FREE -> p = clearance.who; boards = 1
		fi
	}
	if
	:: p == STRANGER -> /* gate.unknown_person: the bump finds no row */
#ifndef UNKNOWN_PASSES
		goto undone
#else
		atomic { clearance.state = ISSUED; clearance.who = STRANGER; stranger_cleared = true; left = 0; goto undone }
#endif
	:: else
	fi;
	lock_record(p);
	step(saw = seen(root(p)); now = clock);
#ifdef CHECK_BEFORE_LOCK
	step(if :: blocked(p) -> goto undone :: else fi);
#endif
	bump(p, true);
#ifdef CHECK_BEFORE_LOCK
	saw = seen(root(p)) - 1;
#endif
	compare(p);
#ifndef CHECK_BEFORE_LOCK
	step(if :: blocked(p) -> goto undone :: else fi); /* hold.active */
#endif
	if
	:: boards ->
		atomic { /* what a clearance says never changes: reading it is no step of its own */
#ifndef NOT_BOUND_TO_EPOCH
			if :: clearance.at != saw -> goto undone :: else fi; /* clearance.void */
#endif
#ifdef CLOCK_BEFORE_LOCK
			if :: now >= clearance.ends -> goto undone :: else fi
#else
			if :: clock >= clearance.ends -> goto undone :: else fi /* clearance.expired */
#endif
		}
		atomic {
#ifndef USED_TWICE
			if :: clearance.state == USED -> goto undone :: else fi; /* unique clearance_id */
#endif
			if
			:: publish(p); left = (left -> left - 1 : 0);
			   boarded_held = boarded_held || truly_held(p);
			   boarded_void = boarded_void || clearance.held_since;
			   boarded_joined = boarded_joined || clearance.joined_since;
			   boarded_late = boarded_late || locked >= clearance.ends;
			   boarded_twice = boarded_twice || clearance.state == USED;
			   clearance.state = USED
			:: dies
			fi;
			let_go(); now = 0; locked = 0; boards = 0
		}
	:: else ->
		step(if :: clock >= now + LIFE -> goto undone :: else fi); /* clearance.expired */
		atomic {
			if
			:: publish(p); left--;
			   clearance.state = ISSUED; clearance.who = p;
			   clearance.at = saw + BUMPED; clearance.ends = now + LIFE
			:: dies
			fi;
			let_go(); now = 0; locked = 0; boards = 0
		}
	fi;
	goto again;

undone:
	atomic { let_go(); now = 0; locked = 0; boards = 0; goto again }
}

/* Merges the two records, undoes it, lets a stay run out, records an objection. */
proctype Merger() {
	byte own[2];
	byte saw, p, q, act, left = MERGER_WRITES, up = NONE;
	bool copies, was_blocked;

#define MERGES 0
#define SPLITS 1
#define EXPIRES 2
#define OBJECTS 3
#define higher(x, y) (x > y -> x : y)

again:
	atomic {
		left > 0;
		if
		:: into[A] == NONE && into[B] == NONE -> act = MERGES; if :: p = A; q = B :: p = B; q = A fi
		:: into[A] == B && hold[SPLIT] == ABSENT -> act = SPLITS; p = A; q = B; if :: copies = true :: skip fi
		:: into[B] == A && hold[SPLIT] == ABSENT -> act = SPLITS; p = B; q = A; if :: copies = true :: skip fi
		:: hold[STAY] == ACTIVE && clock == LAST_TICK -> act = EXPIRES
		:: !objected -> act = OBJECTS
		fi
	}
	if
	:: act == EXPIRES -> /* a task, and nothing at the gate */
		atomic {
#ifdef EXPIRY_ENDS
			hold[STAY] = ENDED;
#endif
			left--; goto undone
		}
	:: act == OBJECTS -> /* a `touch` guard: bumps, compares nothing */
#ifndef OBJECTION_WITHOUT_BUMP
		step(take(A); own[A]++; up = into[A]);
		if
		:: up == NONE
		:: up != NONE -> step(take(up); own[up]++)
		fi;
#endif
		atomic {
			if
			:: if :: mine(A) -> epoch[A] = own[A] :: else fi;
			   if :: mine(B) -> epoch[B] = own[B] :: else fi;
			   if :: hold[OF_A] == ACTIVE -> objected = true :: else fi;
			   left--
			:: dies
			fi;
			let_go(); q = 0; act = 0; copies = false; was_blocked = false
		}
	:: else -> /* judged by two; both gates in the order of ids, by the action or by the trigger */
		if
		:: skip
		:: step(take(A)); step(take(B))
		fi;
		step(saw = higher(seen(A), seen(B)));
		step(take(A)); step(take(B));
		if :: atomic { /* under both locks nobody else changes what these statements read */
			if
			:: act == MERGES && (p == root(q) || p != root(p)) -> goto undone /* merge.not_the_root */
			:: act == SPLITS && into[p] != q -> goto undone /* split.not_merged */
			:: else
			fi;
#ifndef MERGE_KEEPS_EPOCH
			own[p]++; if :: into[p] != NONE -> own[into[p]]++ :: else fi;
			if :: act == MERGES -> own[q]++ :: else fi;
			if :: higher(own[A], own[B]) != saw + 1 -> goto undone :: else fi;
			own[A] = saw + 1; own[B] = saw + 1
#endif
		} :: dies -> goto undone fi;
		if :: atomic {
			was_blocked = blocked(p);
#ifndef SPLIT_FREE
			/* split.would_release, of the holds as they will be */
			if
			:: act == SPLITS && was_blocked && !copies && !(held_alone(A) && held_alone(B)) -> goto undone
			:: else
			fi
#endif
		} :: dies -> goto undone fi;
		atomic {
			if
			:: if
			   :: act == MERGES ->
#ifdef MERGE_REPOINTS
				if :: holder[OF_A] == p -> holder[OF_A] = q :: else fi;
				if :: hold[STAY] == ACTIVE && holder[STAY] == p -> holder[STAY] = q :: else fi;
#else
				into[p] = q;
#endif
				joined = true;
#ifdef MERGE_DROPS_A_HOLD
				if :: hold[OF_A] == ACTIVE && hold[STAY] == ACTIVE -> hold[STAY] = ENDED :: else fi;
#endif
				note_join()
			   :: else ->
				if
				:: copies && was_blocked && !held_alone(A) -> hold[SPLIT] = ACTIVE; holder[SPLIT] = A; placed++
				:: copies && was_blocked && held_alone(A) && !held_alone(B) -> hold[SPLIT] = ACTIVE; holder[SPLIT] = B; placed++
				:: else
				fi;
				into[p] = NONE; joined = false;
				note_join();
				released_by_split = released_by_split || (was_blocked && !(held_alone(A) && held_alone(B)))
			   fi;
			   if :: mine(A) -> epoch[A] = own[A] :: else fi;
			   if :: mine(B) -> epoch[B] = own[B] :: else fi;
			   left--
			:: dies
			fi;
			let_go(); q = 0; act = 0; copies = false; was_blocked = false
		}
	fi;
	goto again;

undone:
	atomic { let_go(); q = 0; act = 0; copies = false; was_blocked = false; goto again }
}

proctype Clock() {
	do
	:: clock < LAST_TICK -> clock++
	:: else -> break
	od
}

init {
	atomic {
		hold[OF_A] = ACTIVE; holder[OF_A] = A; placed = 1;
		hold[OF_B] = ENDED; holder[OF_B] = B;
		run Clerk(); run Officer(); run Merger(); run Clock()
	}
}
