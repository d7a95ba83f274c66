import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import type { Clock } from '../../scan/clock.ts';
import type { Liveness } from '../database.ts';
import { systemCode } from '../refused.ts';
import { type Connection, connect } from './connection.ts';

/**
 * Each owner holds a lock on a file of its own in `dir`. The kernel frees it when the process ends, whoever may or may not have
 * waited for that process, and it holds across containers. SQLite makes the lock because Node cannot.
 */
export function fileLocks(dir: string, clock: Clock): Liveness {
  const shown = new Map<string, Promise<Connection>>();
  const fileOf = (owner: string) => join(dir, owner);

  async function lock(owner: string): Promise<Connection> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const connection = await connect(fileOf(owner), 0, clock);
    try {
      await connection.query('BEGIN EXCLUSIVE');
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  async function isFree(owner: string): Promise<boolean> {
    try {
      const connection = await connect(fileOf(owner), 0, clock, sqlite3.OPEN_READWRITE);
      try {
        await connection.query('BEGIN EXCLUSIVE');
      } finally {
        await connection.close();
      }
      return true;
    } catch {
      // SQLite fails in the same way when this process has no file descriptor left, and that says nothing about the owner.
      return wasLetGo(fileOf(owner));
    }
  }

  return {
    async show(owner) {
      const locked = shown.get(owner) ?? lock(owner);
      shown.set(owner, locked);
      try {
        await locked;
      } catch (error) {
        // The next renewal tries again.
        if (shown.get(owner) === locked) shown.delete(owner);
        throw error;
      }
    },
    async letGo(owner) {
      const locked = shown.get(owner);
      shown.delete(owner);
      await (await locked)?.close();
      await rm(fileOf(owner), { force: true });
    },
    // The kernel takes no lock away from a process that lives.
    shownSince: () => 0,
    async ifDead(owner, work) {
      if (shown.has(owner) || !(await isFree(owner))) return false;
      await work();
      await rm(fileOf(owner), { force: true });
      return true;
    },
  };
}

const wasLetGo = (file: string) =>
  stat(file).then(
    () => false,
    (error: unknown) => systemCode(error) === 'ENOENT',
  );
