package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldChangesTest {

  @Test
  void pathsIntoOneDocumentAreChangedTogether() {
    Document before = doc("_id", "a", "n", doc("x", 1L, "y", 2), "s", "old");

    Document after =
        change("$inc", doc("n.x", 2L, "n.z.w", 3L), "$set", doc("s", "new", "o.p", 7L)).on(before);

    assertThat(after)
        .isEqualTo(
            doc(
                "_id",
                "a",
                "n",
                doc("x", 3L, "y", 2, "z", doc("w", 3L)),
                "s",
                "new",
                "o",
                doc("p", 7L)));
    assertThat(before).isEqualTo(doc("_id", "a", "n", doc("x", 1L, "y", 2), "s", "old"));
  }

  @Test
  void whatStaysIsShared() {
    Document same = doc("x", 1);
    Document before = doc("_id", "a", "same", same, "n", doc("y", 1));

    Document after = change("$inc", doc("n.y", 1)).on(before);

    assertThat(after.get("same")).isSameAs(same);
  }

  @Test
  void whatChangesNothingIsTheSameDocument() {
    Document before = doc("_id", "a", "n", 1, "s", "x");

    assertThat(change("$set", doc("s", "x", "n", 1L)).on(before)).isSameAs(before);
    assertThat(change("$inc", doc("n", 0)).on(before)).isSameAs(before);
  }

  @Test
  void numbersGrowAsTheyMust() {
    Document before = doc("_id", "a", "i", Integer.MAX_VALUE, "l", 1L, "d", 1.5);

    assertThat(change("$inc", doc("i", 1, "l", 1, "d", 1)).on(before))
        .isEqualTo(doc("_id", "a", "i", Integer.MAX_VALUE + 1L, "l", 2L, "d", 2.5));
  }

  @Test
  void theLibraryHasWhatIsNotPlain() {
    assertThat(FieldChanges.of(doc("$push", doc("a", 1)))).isNull();
    assertThat(FieldChanges.of(doc("$set", doc("a", 1), "$unset", doc("b", 1)))).isNull();
    assertThat(FieldChanges.of(doc("$set", doc("_id", "b")))).isNull();
    assertThat(FieldChanges.of(doc("$set", doc("a.$", 1)))).isNull();
    assertThat(FieldChanges.of(doc("$set", doc("a..b", 1)))).isNull();
    assertThat(FieldChanges.of(doc("$inc", doc("a", "one")))).isNull();
    assertThat(FieldChanges.of(doc("$set", 1))).isNull();
    assertThat(FieldChanges.of(new Document())).isNull();
  }

  @Test
  void theLibraryHasConflicts() {
    assertThat(FieldChanges.of(doc("$set", doc("a", 1, "a.b", 1)))).isNull();
    assertThat(FieldChanges.of(doc("$set", doc("a.b", 1, "a", 1)))).isNull();
    assertThat(FieldChanges.of(doc("$set", doc("a.b", 1), "$inc", doc("a.b", 1)))).isNull();
  }

  @Test
  void theLibraryHasDocumentsThatAPathDoesNotFit() {
    assertThat(change("$inc", doc("a.0", 1)).on(doc("_id", "a", "a", List.of(1)))).isNull();
    assertThat(change("$inc", doc("a.b", 1)).on(doc("_id", "a", "a", "text"))).isNull();
    assertThat(change("$inc", doc("a.b", 1)).on(doc("_id", "a", "a", null))).isNull();
    assertThat(change("$inc", doc("a", 1)).on(doc("_id", "a", "a", "text"))).isNull();
    assertThat(change("$inc", doc("a", 1)).on(doc("_id", "a", "a", null))).isNull();
  }

  private static FieldChanges change(Object... update) {
    FieldChanges changes = FieldChanges.of(doc(update));
    assertThat(changes).isNotNull();
    return changes;
  }

  private static Document doc(Object... fields) {
    Document document = new Document();
    for (int i = 0; i < fields.length; i += 2) {
      document.put((String) fields[i], fields[i + 1]);
    }
    return document;
  }
}
