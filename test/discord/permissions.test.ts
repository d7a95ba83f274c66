import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PermissionFlagsBits, PermissionsBitField } from 'discord.js';
import { invitedPermissions } from '../../src/discord/permissions.ts';

test('the invite link asks for the permissions of features that exist, and for no other', () => {
  const asked = new PermissionsBitField(invitedPermissions).toArray();
  const wanted = [
    'ViewChannel',
    'SendMessages',
    'SendMessagesInThreads',
    'EmbedLinks',
    'AttachFiles',
    'ReadMessageHistory',
    'AddReactions',
    'ManageMessages',
    'ModerateMembers',
    'KickMembers',
    'BanMembers',
    'ManageRoles',
    'ViewAuditLog',
  ] satisfies (keyof typeof PermissionFlagsBits)[];
  assert.deepEqual(asked.toSorted(), wanted.toSorted());
});
