package barocall.routing.search;

import barocall.routing.cases.Case;
import barocall.routing.precedents.Wording;
import barocall.routing.precedents.Wording.Sought;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * The words of all cases of one city, on the disk of this machine: which word stands in which case,
 * not where in it and how often, so that no text can be put together from it. It lies there in the
 * order of the receipt, the newest first, so that a search ends with the newest that fit, however
 * many cases there are.
 *
 * <p>One thread writes; anybody may search.
 */
final class CaseIndex implements AutoCloseable {
  private static final String ID = "id";
  private static final String WORDS = "words";
  private static final String WAITING = "waiting";
  private static final String YES = "y";
  private static final String AT = "at";

  private static final Sort NEWEST_FIRST = new Sort(new SortField(AT, SortField.Type.LONG, true));

  /** What is written to the disk at once, in megabytes of memory. */
  private static final double BUFFER = 8;

  /** Of so long a question no more words are asked for. */
  private static final int MOST_WORDS = 20;

  private static final FieldType WORD = word();

  private final Wording wording;
  private final Directory folder;
  private final IndexWriter writer;
  private final SearcherManager searchers;

  private CaseIndex(Directory folder, Wording wording) throws IOException {
    this.wording = wording;
    this.folder = folder;
    TieredMergePolicy merging = new TieredMergePolicy();
    // What was taken out on purpose leaves the disk at the next tidying, however little it is.
    merging.setForceMergeDeletesPctAllowed(0);
    this.writer =
        new IndexWriter(
            folder,
            new IndexWriterConfig(wording.analyzer())
                .setIndexSort(NEWEST_FIRST)
                .setRAMBufferSizeMB(BUFFER)
                .setMergePolicy(merging)
                .setMergeScheduler(new SerialMergeScheduler())
                .setCommitOnClose(false));
    try {
      this.searchers = new SearcherManager(writer, new Uncached());
    } catch (IOException | RuntimeException e) {
      // It would keep the folder locked for whoever makes the index anew.
      writer.rollback();
      throw e;
    }
  }

  static CaseIndex open(Path folder, Wording wording) throws IOException {
    Directory directory = FSDirectory.open(folder);
    try {
      return new CaseIndex(directory, wording);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /**
   * What of the store is in it for good.
   *
   * @param readTo up to when what was written is in it
   * @param scannedTo the id up to which all cases were read one by one; null when all were
   * @param untidy whether what was erased may still lie in its files
   */
  record Position(Instant readTo, @Nullable String scannedTo, boolean untidy) {
    private static final String READ_TO = "readTo";
    private static final String SCANNED_TO = "scannedTo";
    private static final String UNTIDY = "untidy";

    /** Nothing yet. */
    static Position start(Instant now) {
      return new Position(now, "", false);
    }

    Position readTo(Instant to) {
      return new Position(to, scannedTo, untidy);
    }

    Position scannedTo(@Nullable String id) {
      return new Position(readTo, id, untidy);
    }

    Position untidy(boolean is) {
      return new Position(readTo, scannedTo, is);
    }

    private Map<String, String> written() {
      Map<String, String> written = new HashMap<>();
      written.put(READ_TO, readTo.toString());
      if (scannedTo != null) {
        written.put(SCANNED_TO, scannedTo);
      }
      if (untidy) {
        written.put(UNTIDY, YES);
      }
      return written;
    }

    private static @Nullable Position read(Map<String, String> written) {
      String to = written.get(READ_TO);
      return to == null
          ? null
          : new Position(Instant.parse(to), written.get(SCANNED_TO), written.containsKey(UNTIDY));
    }
  }

  /** As it was last committed; null where it never was. */
  @Nullable Position position() throws IOException {
    Map<String, String> written = new HashMap<>();
    Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
    if (data != null) {
      data.forEach(it -> written.put(it.getKey(), it.getValue()));
    }
    return Position.read(written);
  }

  /** As the case is now; one of which nothing can be read any more is taken out. */
  void put(Case known) throws IOException {
    List<String> sayings = known.sayings();
    Term same = new Term(ID, known.inquiryId());
    if (sayings.isEmpty()) {
      writer.deleteDocuments(same);
      return;
    }
    Document document = new Document();
    document.add(new StringField(ID, known.inquiryId(), Field.Store.YES));
    for (String saying : sayings) {
      document.add(new Field(WORDS, Wording.prepared(saying), WORD));
    }
    if (known.atDesk().isPresent()) {
      document.add(new StringField(WAITING, YES, Field.Store.NO));
    }
    Instant receivedAt = known.inquiry().receivedAt();
    document.add(
        new NumericDocValuesField(AT, receivedAt == null ? 0 : receivedAt.getEpochSecond()));
    writer.updateDocument(same, document);
  }

  /** From now on what was put is found. */
  void show() throws IOException {
    searchers.maybeRefreshBlocking();
  }

  /** From now on it is there after whatever end. */
  void commit(Position position) throws IOException {
    writer.setLiveCommitData(position.written().entrySet());
    writer.commit();
  }

  /** Writes the files anew in which something lies that was taken out. */
  void tidy() throws IOException {
    writer.forceMergeDeletes(true);
  }

  /**
   * What was found.
   *
   * @param more whether there is more than that
   */
  record Found(List<String> ids, boolean more) {
    static final Found NOTHING = new Found(List.of(), false);
  }

  /** The newest cases that have all of the words, those first that wait at the desk. */
  Found find(String words, int atMost) throws IOException {
    List<Sought> all = wording.sought(words).stream().limit(MOST_WORDS).toList();
    if (all.isEmpty()) {
      return Found.NOTHING;
    }
    IndexSearcher searcher = searchers.acquire();
    try {
      Found waiting = find(searcher, query(all, true), atMost);
      Found any = find(searcher, query(all, false), atMost);
      List<String> ids = new ArrayList<>(waiting.ids());
      any.ids().stream().filter(it -> !waiting.ids().contains(it)).forEach(ids::add);
      return new Found(ids, waiting.more() || any.more());
    } finally {
      searchers.release(searcher);
    }
  }

  private static Found find(IndexSearcher searcher, Query query, int atMost) throws IOException {
    TopDocs top =
        searcher.search(
            query, new TopFieldCollectorManager(NEWEST_FIRST, atMost, null, atMost + 1));
    StoredFields fields = searcher.storedFields();
    List<String> ids = new ArrayList<>();
    for (ScoreDoc found : top.scoreDocs) {
      ids.add(fields.document(found.doc, Set.of(ID)).get(ID));
    }
    return new Found(ids, top.totalHits.value > ids.size());
  }

  private static Query query(List<Sought> all, boolean waiting) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    if (waiting) {
      query.add(new TermQuery(new Term(WAITING, YES)), Occur.FILTER);
    }
    all.forEach(it -> query.add(query(it), Occur.FILTER));
    return query.build();
  }

  private static Query query(Sought sought) {
    Query whole = new TermQuery(new Term(WORDS, sought.word()));
    if (sought.parts().isEmpty()) {
      return whole;
    }
    BooleanQuery.Builder parts = new BooleanQuery.Builder();
    sought.parts().forEach(it -> parts.add(new TermQuery(new Term(WORDS, it)), Occur.FILTER));
    return new BooleanQuery.Builder()
        .add(whole, Occur.SHOULD)
        .add(parts.build(), Occur.SHOULD)
        .build();
  }

  /** Whether a case has all of the words now, whatever was indexed of it. */
  boolean has(Case known, String words) {
    Set<String> there =
        known.sayings().stream()
            .flatMap(it -> wording.wordsAndParts(it).stream())
            .collect(Collectors.toSet());
    return wording.sought(words).stream()
        .allMatch(
            it ->
                there.contains(it.word())
                    || (!it.parts().isEmpty() && there.containsAll(it.parts())));
  }

  int size() {
    return writer.getDocStats().numDocs;
  }

  private static FieldType word() {
    FieldType type = new FieldType(TextField.TYPE_NOT_STORED);
    type.setIndexOptions(IndexOptions.DOCS);
    type.setOmitNorms(true);
    type.freeze();
    return type;
  }

  /** Questions are seldom asked twice, and what is remembered of them takes memory. */
  private static final class Uncached extends SearcherFactory {
    @Override
    public IndexSearcher newSearcher(IndexReader reader, @Nullable IndexReader previous)
        throws IOException {
      IndexSearcher searcher = super.newSearcher(reader, previous);
      searcher.setQueryCache(null);
      return searcher;
    }
  }

  /** What was not committed is read again. */
  @Override
  public void close() throws IOException {
    IOUtils.close(searchers, writer, folder);
  }
}
