package barocall.local;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/**
 * How documents and index keys are written to the file and compared. The library would serialise
 * Java objects, for each comparison of two index keys as well.
 */
final class StoredTypes {
  private StoredTypes() {}

  /** A document as BSON. */
  static final class DocumentType extends BasicDataType<Document> {
    /** Rough, for the cache: text in memory and the objects around it. */
    private static final int BYTES_OF_A_FIELD = 100;

    @Override
    public int getMemory(Document document) {
      return memory(document);
    }

    private static int memory(Object value) {
      int bytes = BYTES_OF_A_FIELD;
      if (value instanceof Document document) {
        for (Object each : document.values()) {
          bytes += memory(each);
        }
      } else if (value instanceof Iterable<?> values) {
        for (Object each : values) {
          bytes += memory(each);
        }
      } else if (value instanceof String text) {
        bytes += 2 * text.length();
      }
      return bytes;
    }

    @Override
    public void write(WriteBuffer out, Document document) {
      ByteBuf bytes = Unpooled.buffer();
      BsonEncoder.encodeDocument(document, bytes);
      out.putVarInt(bytes.readableBytes());
      out.put(bytes.nioBuffer());
    }

    @Override
    public Document read(ByteBuffer in) {
      int length = DataUtils.readVarInt(in);
      ByteBuffer bytes = in.slice(in.position(), length).order(ByteOrder.BIG_ENDIAN);
      in.position(in.position() + length);
      return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public Document[] createStorage(int size) {
      return new Document[size];
    }
  }

  /** The key of an index entry; a single string, which most are, goes the short way. */
  static final class KeyType extends BasicDataType<KeyValue> {
    private static final byte STRING = 1;
    private static final byte OBJECT = 0;
    private static final int BYTES_OF_AN_OBJECT = 64;

    private final ObjectDataType objects = new ObjectDataType();

    @Override
    public int compare(KeyValue left, KeyValue right) {
      boolean leftIsString = isString(left);
      if (leftIsString != isString(right)) {
        return leftIsString ? 1 : -1;
      }
      return leftIsString
          ? ((String) left.get(0)).compareTo((String) right.get(0))
          : objects.compare(left, right);
    }

    @Override
    public int getMemory(KeyValue key) {
      return BYTES_OF_AN_OBJECT
          + (isString(key) ? 2 * ((String) key.get(0)).length() : objects.getMemory(key));
    }

    @Override
    public void write(WriteBuffer out, KeyValue key) {
      if (isString(key)) {
        out.put(STRING);
        objects.write(out, key.get(0));
      } else {
        out.put(OBJECT);
        objects.write(out, key);
      }
    }

    @Override
    public KeyValue read(ByteBuffer in) {
      return in.get() == STRING ? new KeyValue(objects.read(in)) : (KeyValue) objects.read(in);
    }

    @Override
    public KeyValue[] createStorage(int size) {
      return new KeyValue[size];
    }

    private static boolean isString(KeyValue key) {
      return key.size() == 1 && key.get(0) instanceof String;
    }
  }
}
