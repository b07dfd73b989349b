package barocall.intake;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A class is core unless its name says that it is an edge. */
@AnalyzeClasses(packages = "barocall.intake", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String EDGE =
      ".*(Application|Configuration|Controller|Binding|Filter|Pages|Refusals|Mongo\\w+|Kafka\\w+)(\\$.*)?";

  @ArchTest
  static final ArchRule theCoreKnowsNoFramework =
      noClasses()
          .that()
          .haveNameNotMatching(EDGE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..", "org.apache.kafka..", "com.mongodb..", "org.bson..");

  @ArchTest
  static final ArchRule theWordsKnowNeitherHttpNorEvents =
      noClasses()
          .that()
          .resideInAPackage("barocall.intake.words")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("barocall.kit..", "reactor..", "org.springframework..");

  @ArchTest
  static final ArchRule featuresDontGoInCircles =
      slices().matching("barocall.intake.(*)..").should().beFreeOfCycles();
}
