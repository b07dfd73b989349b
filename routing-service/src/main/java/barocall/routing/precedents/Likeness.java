package barocall.routing.precedents;

import barocall.routing.cases.Precedent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Finds precedents of one city by the words that an inquiry shares with them. In memory, and
 * without their words: what is found is an id, to be looked up where it is kept.
 */
final class Likeness implements AutoCloseable {
  private static final String ID = "id";
  private static final String WORDS = "words";
  private static final String KIND = "kind";
  private static final String CATEGORY = "category";
  private static final String DEPARTMENT = "department";

  /** Of so long a text no more is asked for: what matters stands at its beginning. */
  private static final int MOST_WORDS = 100;

  /** So many words must be the same, or fewer where the inquiry has no more. */
  private static final int FEWEST_SAME = 2;

  private static final int MOST_SAME = 3;
  private static final double SHARE_SAME = 0.3;
  private static final float SAME_CATEGORY = 2;

  private final Wording wording;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final Map<String, Instant> known = new HashMap<>();

  Likeness(Wording wording) {
    this.wording = wording;
    try {
      this.writer =
          new IndexWriter(new ByteBuffersDirectory(), new IndexWriterConfig(wording.analyzer()));
      this.searchers = new SearcherManager(writer, null);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory cannot fail", impossible);
    }
  }

  /** Whether agents answered it or a department settled it. */
  enum Kind {
    ANSWERED,
    SETTLED
  }

  /**
   * What is alike.
   *
   * @param department who settled it; null where an agent answered
   */
  record Alike(String inquiryId, @Nullable String department) {}

  synchronized int size() {
    return known.size();
  }

  /** When each precedent ended that is in it and ended then or later. */
  synchronized Map<String, Instant> since(Instant since) {
    Map<String, Instant> found = new HashMap<>();
    known.forEach(
        (id, at) -> {
          if (!at.isBefore(since)) {
            found.put(id, at);
          }
        });
    return found;
  }

  synchronized void put(Precedent precedent) {
    Document document = new Document();
    document.add(new StringField(ID, precedent.inquiryId(), Field.Store.YES));
    document.add(new TextField(WORDS, Wording.prepared(precedent.words()), Field.Store.NO));
    document.add(new StringField(KIND, kind(precedent).name(), Field.Store.NO));
    if (precedent.category() != null) {
      document.add(new StringField(CATEGORY, precedent.category(), Field.Store.NO));
    }
    if (precedent.department() != null) {
      document.add(new StoredField(DEPARTMENT, precedent.department()));
    }
    try {
      writer.updateDocument(new Term(ID, precedent.inquiryId()), document);
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory cannot fail", impossible);
    }
    known.put(precedent.inquiryId(), precedent.at());
  }

  private static Kind kind(Precedent precedent) {
    return precedent.answer() == null ? Kind.SETTLED : Kind.ANSWERED;
  }

  synchronized void remove(String inquiryId) {
    if (known.remove(inquiryId) != null) {
      try {
        writer.deleteDocuments(new Term(ID, inquiryId));
      } catch (IOException impossible) {
        throw new UncheckedIOException("an index in memory cannot fail", impossible);
      }
    }
  }

  /** From now on what was put and removed is seen. */
  void show() {
    try {
      searchers.maybeRefreshBlocking();
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory cannot fail", impossible);
    }
  }

  /**
   * The precedents most alike, the likest first; those of the same category before equals.
   *
   * @param except the inquiry itself, which may be one as well
   */
  List<Alike> find(Kind kind, String words, @Nullable String category, String except, int atMost) {
    List<String> all = wording.words(words).stream().limit(MOST_WORDS).toList();
    if (all.isEmpty()) {
      return List.of();
    }
    BooleanQuery.Builder same =
        new BooleanQuery.Builder().setMinimumNumberShouldMatch(fewestSame(all.size()));
    all.forEach(word -> same.add(new TermQuery(new Term(WORDS, word)), Occur.SHOULD));
    BooleanQuery.Builder query =
        new BooleanQuery.Builder()
            .add(same.build(), Occur.MUST)
            .add(new TermQuery(new Term(KIND, kind.name())), Occur.FILTER)
            .add(new TermQuery(new Term(ID, except)), Occur.MUST_NOT);
    if (category != null) {
      query.add(
          new BoostQuery(
              new ConstantScoreQuery(new TermQuery(new Term(CATEGORY, category))), SAME_CATEGORY),
          Occur.SHOULD);
    }
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        StoredFields fields = searcher.storedFields();
        List<Alike> alike = new ArrayList<>();
        for (ScoreDoc found : searcher.search(query.build(), atMost).scoreDocs) {
          Document document = fields.document(found.doc, Set.of(ID, DEPARTMENT));
          alike.add(new Alike(document.get(ID), document.get(DEPARTMENT)));
        }
        return alike;
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory cannot fail", impossible);
    }
  }

  private static int fewestSame(int words) {
    int some = (int) Math.ceil(words * SHARE_SAME);
    return Math.min(words, Math.max(FEWEST_SAME, Math.min(MOST_SAME, some)));
  }

  @Override
  public void close() throws IOException {
    searchers.close();
    writer.close();
  }
}
