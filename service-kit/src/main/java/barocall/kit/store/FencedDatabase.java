package barocall.kit.store;

import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** A database to whose documents all writes pass a {@link Fence}; all else goes as ever. */
final class FencedDatabase {
  private FencedDatabase() {}

  static MongoDatabase of(MongoDatabase database, Fence fence) {
    return fenced(MongoDatabase.class, database, fence);
  }

  private static <T> T fenced(Class<T> type, T behind, Fence fence) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object result = invoked(behind, method, arguments);
              if (result instanceof MongoCollection<?> collection) {
                return fenced(MongoCollection.class, collection, fence);
              }
              if (result instanceof MongoDatabase database) {
                return of(database, fence);
              }
              return isWrite(method) && result instanceof Publisher<?> write
                  ? fence.passed().thenMany(Flux.from(write))
                  : result;
            }));
  }

  private static @Nullable Object invoked(
      Object behind, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(behind, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private static boolean isWrite(Method method) {
    String name = method.getName();
    return name.startsWith("insert")
        || name.startsWith("update")
        || name.startsWith("replace")
        || name.startsWith("delete")
        || name.startsWith("findOneAnd")
        || name.equals("bulkWrite");
  }
}
