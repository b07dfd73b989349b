package barocall.analytics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * A class is core unless its name says that it is edge: the core knows no frame, broker or store.
 */
@AnalyzeClasses(
    packages = "barocall.analytics",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** Those that speak HTTP, Kafka, MongoDB, the message bundles or the clock's bean. */
  private static final String EDGE =
      ".*\\.(\\w*(Application|Configuration|Controller|Page|Consumer)|Mongo\\w+|FactDocuments|Recount"
          + "|Watchers|Figures|MetricsQuestion|KeyFigure|TargetView|MeasureView|LiveWords|ChartLibrary|Pictures|Ticker"
          + "|AgentBoard|JournalSheets|ConfigurationTables)(\\$.*)?";

  @ArchTest
  static final ArchRule CORE_IS_FREE_OF_FRAMEWORKS =
      noClasses()
          .that()
          .haveNameNotMatching(EDGE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..",
              "org.apache.kafka..",
              "com.mongodb..",
              "org.bson..",
              "reactor..",
              "barocall.kit..");
}
