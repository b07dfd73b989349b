// Makes a replica set of one at the first start, and returns when it takes writes.
try {
  rs.status();
} catch (e) {
  if (e.codeName !== 'NotYetInitialized') throw e;
  rs.initiate({ _id: 'rs0', members: [{ _id: 0, host: 'mongo:27017' }] });
}
for (let i = 0; i < 120 && !db.hello().isWritablePrimary; i++) sleep(250);
if (!db.hello().isWritablePrimary) throw new Error('The replica set rs0 has no primary; see the log of mongo.');
